import assert from 'node:assert/strict'
import { it } from 'node:test'
import { MessageMemory } from '../../src/node/messageMemory.ts'

const bytes = 64 * 1024

it('gives what was released for the next long message, and never the same to two', () => {
  const memory = new MessageMemory(bytes)
  const [first, second] = [memory.take(bytes), memory.take(40_000)]
  assert.notEqual(first.buffer, second.buffer)
  assert.deepEqual([first.length, second.length], [bytes, 40_000])
  memory.release(first.subarray(4))
  memory.release(first)
  const third = memory.take(50_000)
  assert.equal(third.buffer, first.buffer)
  assert.equal(third.length, 50_000)
  assert.notEqual(memory.take(50_000).buffer, first.buffer)
})

it('keeps little of what is released, and nothing that is not its own', () => {
  const memory = new MessageMemory(bytes)
  const taken = Array.from({ length: 20 }, () => memory.take(bytes))
  for (const one of taken) memory.release(one)
  memory.release(new Uint8Array(10))
  memory.release(memory.take(100))
  const again = new Set(Array.from({ length: 20 }, () => memory.take(bytes).buffer))
  assert.equal(taken.filter(({ buffer }) => again.has(buffer)).length, 2)
})
