import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emojiNames } from '../../../src/host/messages/emojiNames.ts'
import { isEmoji } from '../../../src/shared/emoji.ts'

test('every emoji of the picker is one, stands there once, and is found by words', () => {
  for (const [emoji, words] of emojiNames) {
    assert.ok(isEmoji(emoji), emoji)
    assert.match(words, /^[a-z ]+$/)
  }
  assert.equal(new Set(emojiNames.map(([emoji]) => emoji)).size, emojiNames.length)
})
