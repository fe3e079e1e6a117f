import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Allowance } from '../../../src/core/link/allowance.ts'
import { callAllowance, CallLimits } from '../../../src/core/link/callLimits.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

const countTrue = (count: number, ask: () => boolean): number =>
  Array.from({ length: count }, ask).filter(Boolean).length

test('an allowance gives its burst at once, then so much a second, and never more than its burst', async () => {
  const clock = new FakeClock()
  const allowance = new Allowance(clock, { burst: 50, perSecond: 10 })
  const take = (): boolean => allowance.take()
  assert.equal(countTrue(1_000, take), 50)
  await clock.advance(1_000)
  assert.equal(countTrue(1_000, take), 10)
  await clock.advance(24 * 3_600_000)
  assert.equal(countTrue(1_000, take), 50)
  assert.equal(clock.pendingTimers, 0)
})

test('what costs more than is left is refused, and what costs less is still given', () => {
  const allowance = new Allowance(new FakeClock(), { burst: 10, perSecond: 1 })
  assert.deepEqual(
    [allowance.take(8), allowance.take(8), allowance.take(2), allowance.take(1)],
    [true, false, true, false],
  )
})

test('an allowance is full before anything is taken and after it has come back', async () => {
  const clock = new FakeClock()
  const allowance = new Allowance(clock, { burst: 2, perSecond: 1 })
  assert.equal(allowance.isFull, true)
  allowance.take()
  assert.equal(allowance.isFull, false)
  await clock.advance(1_000)
  assert.equal(allowance.isFull, true)
})

test('a device that calls without end gets through now and then, and takes nothing from another', async () => {
  const clock = new FakeClock()
  const limits = new CallLimits(clock)
  const [eager, calm] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  assert.equal(
    countTrue(1_000, () => limits.admit(eager)),
    callAllowance.burst,
  )
  assert.equal(limits.admit(calm), true)
  await clock.advance(60_000)
  assert.equal(
    countTrue(1_000, () => limits.admit(eager)),
    callAllowance.burst,
  )
  await clock.advance(2_000)
  assert.equal(
    countTrue(1_000, () => limits.admit(eager)),
    1,
  )
})
