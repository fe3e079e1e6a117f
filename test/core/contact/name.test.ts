import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseName } from '../../../src/core/contact/name.ts'

test('a name is trimmed and composed, and otherwise as it was typed', () => {
  assert.equal(parseName('  Ann  '), 'Ann')
  assert.equal(parseName('Zoe\u0308'), 'Zo\u00eb')
  assert.equal(parseName('李小龍 🥋'), '李小龍 🥋')
  assert.equal(parseName("O'Neil-Smith (dev)"), "O'Neil-Smith (dev)")
  assert.equal(parseName('👩‍💻'), '👩‍💻')
})

test('a name has 1 to 64 bytes', () => {
  assert.equal(parseName('n'.repeat(64)), 'n'.repeat(64))
  assert.equal(parseName('n'.repeat(65)), undefined)
  assert.equal(parseName('é'.repeat(33)), undefined)
  assert.equal(parseName(''), undefined)
  assert.equal(parseName(' \t '), undefined)
})

test('what reorders, hides or breaks text is no name', () => {
  for (const character of [
    '\u0000',
    '\n',
    '\u001b',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\u061c',
    '\ud800',
  ])
    assert.equal(parseName(`An${character}n`), undefined, JSON.stringify(character))
})

test('any value gives a name that parses to itself, or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' })), (value) => {
      const name = parseName(value)
      if (name !== undefined) assert.equal(parseName(name), name)
      else assert.equal(name, undefined)
      if (typeof value !== 'string') assert.equal(name, undefined)
    }),
    { numRuns: 500 },
  )
})
