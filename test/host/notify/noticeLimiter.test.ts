import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNoticeLimiter, noticeIntervalMs } from '../../../src/host/notify/noticeLimiter.ts'
import { parseConversationId } from '../../../src/shared/ids.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

const conversation = (digit: string): ConversationId => {
  const id = parseConversationId(digit.repeat(64))
  assert.ok(id !== undefined)
  return id
}

test('a conversation gets one notification in half a minute', async () => {
  const clock = new FakeClock()
  const limiter = createNoticeLimiter(() => clock.monotonicMs())
  assert.equal(limiter.admit(conversation('a')), true)
  await clock.advance(noticeIntervalMs - 1)
  assert.equal(limiter.admit(conversation('a')), false)
  await clock.advance(1)
  assert.equal(limiter.admit(conversation('a')), true)
})

test('another conversation is not held back by the first', () => {
  const limiter = createNoticeLimiter(() => 0)
  assert.equal(limiter.admit(conversation('a')), true)
  assert.equal(limiter.admit(conversation('b')), true)
})
