import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TypingTeller } from '../../../src/webview/conversation/typingTeller.ts'

function withTeller(): { at: (ms: number) => TypingTeller; told: boolean[] } {
  const told: boolean[] = []
  let now = 0
  const teller = new TypingTeller(
    (isTyping) => told.push(isTyping),
    () => now,
  )
  return {
    told,
    at(ms) {
      now = ms
      return teller
    },
  }
}

test('writing is told at once, and again every three seconds while it goes on', () => {
  const { at, told } = withTeller()
  for (const ms of [0, 500, 2_999]) at(ms).changed('hel')
  assert.deepEqual(told, [true])
  at(3_000).changed('hell')
  assert.deepEqual(told, [true, true])
})

test('an emptied field, and one with blanks alone, ends it', () => {
  const { at, told } = withTeller()
  at(0).changed('a')
  at(1).changed(' \n')
  at(2).changed('')
  assert.deepEqual(told, [true, false])
})

test('who has not written has nothing to end', () => {
  const { at, told } = withTeller()
  at(0).stop()
  at(1).changed('')
  assert.deepEqual(told, [])
})
