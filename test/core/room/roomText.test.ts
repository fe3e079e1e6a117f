import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseTitle, parseTopic } from '../../../src/core/room/roomText.ts'
import { maxTitleBytes, maxTopicBytes } from '../../../src/shared/rooms.ts'

test('a title is one line, trimmed and composed, and not empty', () => {
  assert.equal(parseTitle('  Cafe\u0301  '), 'Caf\u00e9')
  for (const text of ['', ' \n ', 'two\nlines', 'a\tb', 'a\u2028b']) assert.equal(parseTitle(text), undefined)
})

test('a topic may be empty and have lines', () => {
  assert.equal(parseTopic(''), '')
  assert.equal(parseTopic('one\r\ntwo\tthree'), 'one\ntwo\tthree')
  assert.equal(parseTopic('a\u0000b'), undefined)
})

test('bounds hold at their edges, and count bytes', () => {
  for (const [parse, most] of [
    [parseTitle, maxTitleBytes],
    [parseTopic, maxTopicBytes],
  ] as const) {
    assert.equal(parse('t'.repeat(most))?.length, most)
    assert.equal(parse('t'.repeat(most + 1)), undefined)
    assert.equal(parse('é'.repeat(most / 2 + 1)), undefined)
  }
})

test('what reorders or hides text is in neither', () => {
  for (const character of ['\u061c', '\u200b', '\u202e', '\u2066', '\ufeff', '\ud800'])
    for (const parse of [parseTitle, parseTopic]) assert.equal(parse(`a${character}b`), undefined)
})

test('any value gives a text that parses to itself, or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (value) => {
      for (const parse of [parseTitle, parseTopic]) {
        const text = parse(value)
        if (text !== undefined) assert.equal(parse(text), text)
        if (typeof value !== 'string') assert.equal(text, undefined)
      }
    }),
    { numRuns: 500 },
  )
})
