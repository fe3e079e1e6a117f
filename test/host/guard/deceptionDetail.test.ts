import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deceptionDetail } from '../../../src/host/guard/deceptionDetail.ts'
import { findDeceptions } from '../../../src/shared/trojanSource.ts'
import { deceptiveSamples } from '../../shared/trojanCorpus.ts'
import { plainEnglish } from '../plainEnglish.ts'

const detail = (text: string, placeOf?: (line: number) => string): string[] =>
  deceptionDetail(text, findDeceptions(text), plainEnglish, placeOf).split('\n')

test('a look-alike is named with its letters, what they look like, and its line', () => {
  assert.deepEqual(detail('ok\nconst is\u0410dmin = p\u0430r\u0430m\n'), [
    'Line 2: “is\u0410dmin” mixes Latin letters with look-alikes of another alphabet: “\u0410” (U+0410) instead of “A”.',
    'Line 2: “p\u0430r\u0430m” mixes Latin letters with look-alikes of another alphabet: “\u0430” (U+0430) instead of “a”.',
  ])
  assert.deepEqual(detail('copy(\u0441\u043e\u0440\u0443)'), [
    'Line 1: “\u0441\u043e\u0440\u0443” is written in another alphabet than the one it looks like: ' +
      '“\u0441” (U+0441) instead of “c”, “\u043e” (U+043E) instead of “o”, “\u0440” (U+0440) instead of “p”, ….',
  ])
})

test('a hidden character is named with what stands beside it in its line', () => {
  assert.deepEqual(detail('a\nif (user\u200bName) {\n/* \u202e } */ x\u0007\n'), [
    'Line 2: U+200B cannot be seen: “if (user[U+200B]Name) {”.',
    'Line 3: U+202E turns the direction of the text around it: “/* [U+202E] } */ x[U+0007]”.',
    'Line 3: U+0007 is a control character: “/* [U+202E] } */ x[U+0007]”.',
  ])
  assert.deepEqual(detail('👩'.repeat(20) + 'a\u200b' + '👩'.repeat(20)), [
    `Line 1: U+200B cannot be seen: “${'👩'.repeat(7)}a[U+200B]${'👩'.repeat(8)}”.`,
  ])
})

test('five places are named, and the others counted; a place can be elsewhere than in the code', () => {
  const lines = detail('a\u200b\n'.repeat(7), (line) => `kettle.ts, line ${String(line + 40)}`)
  assert.equal(lines[0], 'kettle.ts, line 41: U+200B cannot be seen: “a[U+200B]”.')
  assert.equal(lines.length, 6)
  assert.equal(lines.at(-1), 'And 2 more places.')
})

test('whatever is found is named, and the words hold nothing that hides', () => {
  for (const { name, text } of deceptiveSamples) {
    const words = deceptionDetail(text, findDeceptions(text), plainEnglish)
    assert.match(words, /U\+[0-9A-F]{4,}/, name)
    assert.doesNotMatch(words, /[\u202a-\u202e\u2066-\u2069\u200b\u0007]/u, name)
  }
})
