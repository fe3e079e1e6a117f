import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNoticeQueue, gatherMs, noticeIntervalMs } from '../../../src/host/notify/noticeQueue.ts'
import type { NoticeQueue } from '../../../src/host/notify/noticeQueue.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { message } from '../sampleChat.ts'

const a = 'a'.repeat(64) as ConversationId
const b = 'b'.repeat(64) as ConversationId

function withQueue(): { clock: FakeClock; queue: NoticeQueue; told: string[] } {
  const clock = new FakeClock()
  const told: string[] = []
  const queue = createNoticeQueue(clock, (entries) => {
    told.push(entries.map(({ conversation, messages }) => `${conversation[0] ?? ''}${messages.length}`).join(' '))
  })
  return { clock, queue, told }
}

test('what comes at once is told at once, whatever conversations it is in', async () => {
  const { clock, queue, told } = withQueue()
  queue.add(a, message(1))
  queue.add(b, message(2))
  queue.add(a, message(3))
  assert.deepEqual(told, [])
  await clock.advance(gatherMs)
  assert.deepEqual(told, ['a2 b1'])
})

test('a conversation is told of once in half a minute, and then of all that came meanwhile', async () => {
  const { clock, queue, told } = withQueue()
  queue.add(a, message(1))
  await clock.advance(gatherMs)
  queue.add(a, message(2))
  queue.add(a, message(3))
  await clock.advance(noticeIntervalMs - 1)
  assert.deepEqual(told, ['a1'])
  await clock.advance(1)
  assert.deepEqual(told, ['a1', 'a2'])
})

test('another conversation is not held back by the first', async () => {
  const { clock, queue, told } = withQueue()
  queue.add(a, message(1))
  await clock.advance(gatherMs)
  queue.add(a, message(2))
  queue.add(b, message(3))
  await clock.advance(gatherMs)
  assert.deepEqual(told, ['a1', 'b1'])
  await clock.advance(noticeIntervalMs)
  assert.deepEqual(told, ['a1', 'b1', 'a1'])
})

test('nothing that waits is told once the user is here, and what comes later is', async () => {
  const { clock, queue, told } = withQueue()
  queue.add(a, message(1))
  queue.clear()
  await clock.advance(noticeIntervalMs)
  assert.deepEqual(told, [])
  queue.add(a, message(2))
  await clock.advance(gatherMs)
  assert.deepEqual(told, ['a1'])
})

test('nothing is told after the end', async () => {
  const { clock, queue, told } = withQueue()
  queue.add(a, message(1))
  queue.dispose()
  await clock.advance(noticeIntervalMs)
  assert.deepEqual(told, [])
})
