import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { OutgoingMemory } from '../../src/node/outgoingMemory.ts'

const bytes = 64 * 1024

/** Memory, and what says that all sent before has arrived, in the order in which it was asked. */
function setUp() {
  const waiting: ((hasArrived: boolean) => void)[] = []
  const memory = new OutgoingMemory(bytes, () => new Promise((resolve) => waiting.push(resolve)))
  const arrive = async (hasArrived = true): Promise<void> => {
    waiting.shift()?.(hasArrived)
    await turn()
  }
  return { memory, waiting, arrive }
}

it('gives memory again once the message in it has arrived, and not before', async () => {
  const { memory, arrive } = setUp()
  const first = memory.take(bytes)
  memory.sent(first)
  const second = memory.take(40_000)
  memory.sent(second)
  assert.notEqual(second.buffer, first.buffer)
  await arrive()
  const third = memory.take(bytes)
  assert.equal(third.buffer, first.buffer)
  assert.notEqual(memory.take(bytes).buffer, second.buffer)
})

it('leaves alone what was taken and not sent', async () => {
  const { memory, arrive, waiting } = setUp()
  const [kept, sent] = [memory.take(bytes), memory.take(bytes)]
  memory.sent(sent)
  await arrive()
  for (let i = 0; i < 4; i++) assert.notEqual(memory.take(bytes).buffer, kept.buffer)
  memory.sent(kept)
  assert.equal(waiting.length, 1)
})

it('asks for one arrival at a time, holds nothing once all has arrived, and gives up with the stream', async () => {
  const { memory, arrive, waiting } = setUp()
  const messages = Array.from({ length: 5 }, () => memory.take(bytes))
  for (const message of messages) memory.sent(message)
  assert.equal(waiting.length, 1)
  await arrive()
  assert.equal(waiting.length, 1)
  await arrive()
  assert.equal(waiting.length, 0)
  assert.ok(!messages.some(({ buffer }) => buffer === memory.take(bytes).buffer))
  memory.sent(memory.take(bytes))
  const last = memory.take(bytes)
  memory.sent(last)
  await arrive(false)
  assert.equal(waiting.length, 0)
  assert.notEqual(memory.take(bytes).buffer, last.buffer)
})

it('makes nothing of short messages', () => {
  const { memory, waiting } = setUp()
  memory.sent(memory.take(1_140))
  memory.sent(new Uint8Array(bytes))
  assert.equal(waiting.length, 0)
})
