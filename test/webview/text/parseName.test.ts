import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { initials } from '../../../src/webview/text/initials.ts'
import { isEmojiOnly } from '../../../src/webview/text/isEmojiOnly.ts'
import { parseName } from '../../../src/webview/text/parseName.ts'
import { phraseWords } from '../../../src/webview/text/phraseWords.ts'

describe('parseName', () => {
  const cases: readonly (readonly [string, ReturnType<typeof parseName>])[] = [
    ['Ada', { kind: 'ok', name: 'Ada' }],
    ['  Ada \t Lovelace\n', { kind: 'ok', name: 'Ada Lovelace' }],
    ['é'.repeat(32), { kind: 'ok', name: 'é'.repeat(32) }],
    ['é'.repeat(33), { kind: 'refused', why: 'nameTooLong' }],
    [' \u00A0 ', { kind: 'refused', why: 'nameEmpty' }],
    ['a\u0007b', { kind: 'refused', why: 'nameControl' }],
    ['a\u202Eb', { kind: 'refused', why: 'nameControl' }],
    ['a\ud800', { kind: 'refused', why: 'nameControl' }],
  ]
  for (const [typed, result] of cases) {
    it(`answers ${JSON.stringify(typed)} with ${result.kind === 'ok' ? 'a name' : result.why}`, () => {
      assert.deepEqual(parseName(typed), result)
    })
  }
})

describe('initials', () => {
  it('are of the first and the last word', () => {
    assert.deepEqual(['ada', 'Ada King Lovelace', ' 👩‍💻 dev ', '', 'éa'].map(initials), ['A', 'AL', '👩‍💻D', '', 'É'])
  })
})

describe('isEmojiOnly', () => {
  it('holds for one to three emoji and nothing else', () => {
    for (const text of ['👍', '👍 🎉', '❤️', '👩‍💻👋🏽🎉']) assert.ok(isEmojiOnly(text), text)
    for (const text of ['', 'a', '👍 a', '12', '#', '🎉🎉🎉🎉']) assert.ok(!isEmojiOnly(text), text)
  })
})

describe('phraseWords', () => {
  it('finds the words however they are written down', () => {
    assert.deepEqual(phraseWords(' 1. Legal, 2) winner\n3 THANK\u00A0year '), ['legal', 'winner', 'thank', 'year'])
    assert.deepEqual(phraseWords('12 34'), [])
  })
})
