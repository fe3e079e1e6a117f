import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchPulse } from '../../../src/node/windows/watchPulse.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

/** Another process that answers while `isAlive`, and what is heard of it. */
function watch() {
  const clock = new FakeClock()
  const other = { isAlive: true, asked: 0, waiting: [] as (() => void)[] }
  const pulse = watchPulse(clock, () => {
    other.asked++
    return other.isAlive ? Promise.resolve() : new Promise((resolve) => other.waiting.push(resolve as () => void))
  })
  let stoppedAt: number | undefined
  void pulse.stopped.then(() => (stoppedAt = clock.monotonicMs()))
  return { clock, other, pulse, stoppedAt: () => stoppedAt }
}

test('a process that stops answering is noticed within two and a quarter seconds, well before three', async () => {
  const { clock, other, stoppedAt } = watch()
  await clock.advance(60_000)
  assert.equal(stoppedAt(), undefined)
  other.isAlive = false
  await clock.advance(10_000)
  const tookMs = (stoppedAt() ?? Infinity) - 60_000
  assert.ok(tookMs > 1_500 && tookMs <= 2_250, `${String(tookMs)} ms`)
})

test('a process that answers late, but answers, is not given up', async () => {
  const { clock, other, stoppedAt } = watch()
  for (let round = 0; round < 20; round++) {
    other.isAlive = false
    await clock.advance(1_500)
    other.isAlive = true
    for (const answer of other.waiting.splice(0)) answer()
    await clock.advance(250)
  }
  assert.equal(stoppedAt(), undefined)
  assert.ok(other.asked >= 20)
})

test('nothing is asked any more after the end', async () => {
  const { clock, other, pulse, stoppedAt } = watch()
  other.isAlive = false
  await clock.advance(500)
  pulse.dispose()
  const { asked } = other
  await clock.advance(60_000)
  assert.deepEqual([other.asked, stoppedAt(), clock.pendingTimers], [asked, undefined, 0])
})
