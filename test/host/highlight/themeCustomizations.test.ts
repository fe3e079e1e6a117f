import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { customRules } from '../../../src/host/highlight/themeCustomizations.ts'

const dark = ['Default Dark Modern', 'Dark Modern']

test('short names and rules of one’s own come after the theme’s, those for a theme last', () => {
  const setting = {
    comments: '#00ff00',
    strings: { foreground: '#f00', fontStyle: 'italic' },
    textMateRules: [{ scope: 'keyword.control', settings: { foreground: '#112233' } }],
    '[Dark Modern]': { comments: '#0000ff' },
    '[Light Modern]': { comments: '#ffffff' },
  }
  const comment = ['comment', 'punctuation.definition.comment']
  assert.deepEqual(customRules(setting, dark), [
    { scope: comment, foreground: '#00ff00' },
    { scope: ['string', 'meta.embedded.assembly'], foreground: '#ff0000', fontStyle: 'italic' },
    { scope: ['keyword.control'], foreground: '#112233' },
    { scope: comment, foreground: '#0000ff' },
  ])
})

test('a key can name several themes, and any with a part of the name', () => {
  const foregrounds = (key: string): number => customRules({ [key]: { numbers: '#123456' } }, dark).length
  assert.deepEqual(
    ['[*Dark*]', '[Default*]', '[Light][Dark Modern]', '[Light*]', '[Dark]', 'Dark Modern'].map(foregrounds),
    [1, 1, 1, 0, 0, 0],
  )
})

test('whatever stands in the setting gives rules or none', () => {
  for (const wrong of [
    undefined,
    null,
    7,
    'red',
    [],
    { comments: 'red' },
    { textMateRules: {} },
    { textMateRules: [null, 7] },
  ])
    assert.deepEqual(customRules(wrong, dark), [])
  fc.assert(fc.property(fc.anything(), (any) => Array.isArray(customRules(any, dark))))
})
