import assert from 'node:assert/strict'
import { it } from 'node:test'
import {
  HandshakeLimits,
  handshakeBurst,
  handshakesPerSecond,
  maxUnproven,
  maxUnprovenPerCaller,
  unprovenLimitMs,
} from '../../src/node/handshakeLimits.ts'
import { FakeClock } from '../doubles/fakeClock.ts'

const key = (number: number): Uint8Array => new Uint8Array(32).fill(number)
const countTrue = (count: number, ask: () => boolean): number =>
  Array.from({ length: count }, ask).filter(Boolean).length

it('computes a burst of handshakes, then so many a second', async () => {
  const clock = new FakeClock()
  const limits = new HandshakeLimits(clock)
  assert.equal(
    countTrue(10_000, () => limits.mayCompute()),
    handshakeBurst,
  )
  await clock.advance(1000)
  assert.equal(
    countTrue(10_000, () => limits.mayCompute()),
    handshakesPerSecond,
  )
  await clock.advance(3_600_000)
  assert.equal(
    countTrue(10_000, () => limits.mayCompute()),
    handshakeBurst,
  )
})

it('lets in few callers with one key before they have proven anything, and others besides', () => {
  const limits = new HandshakeLimits(new FakeClock())
  assert.equal(
    countTrue(100, () => limits.admit(key(1))),
    maxUnprovenPerCaller,
  )
  assert.equal(limits.admit(key(2)), true)
})

it('lets in the next one with a key as soon as one has proven itself', () => {
  const limits = new HandshakeLimits(new FakeClock())
  while (limits.admit(key(1)));
  limits.prove(key(2))
  assert.equal(limits.admit(key(1)), false)
  limits.prove(key(1))
  assert.equal(limits.admit(key(1)), true)
  assert.equal(limits.admit(key(1)), false)
})

it('bounds the callers of all keys together, and forgets those that never proved anything', async () => {
  const clock = new FakeClock()
  const limits = new HandshakeLimits(clock)
  let number = 0
  assert.equal(
    countTrue(255, () => limits.admit(key(number++))),
    maxUnproven,
  )
  await clock.advance(unprovenLimitMs)
  assert.equal(clock.pendingTimers, 0)
  assert.equal(limits.admit(key(250)), true)
  limits.dispose()
  assert.equal(clock.pendingTimers, 0)
})
