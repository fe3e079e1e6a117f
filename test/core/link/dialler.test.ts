import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Dialler } from '../../../src/core/link/dialler.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

interface Trial {
  readonly clock: FakeClock
  readonly dialler: Dialler
  /** When each attempt began, monotonic. */
  readonly attempts: number[]
  isLinked: boolean
  durationMs: number
}

function trial(seed = 1): Trial {
  const clock = new FakeClock()
  const result: Trial = {
    clock,
    attempts: [],
    isLinked: false,
    durationMs: 0,
    dialler: new Dialler({
      clock,
      random: new SeededRandom(seed),
      firstDelayMs: 1_000,
      maxDelayMs: 60_000,
      attempt: () => {
        result.attempts.push(clock.monotonicMs())
        return new Promise((resolve) => {
          clock.after(result.durationMs, () => {
            resolve(result.isLinked)
          })
        })
      },
    }),
  }
  return result
}

test('attempts come ever more rarely, up to a bound, each with a quarter of jitter at most', async () => {
  const firstDelays = new Set<number>()
  for (let seed = 1; seed <= 20; seed++) {
    const { clock, dialler, attempts } = trial(seed)
    dialler.wake()
    await clock.advance(10 * 60_000)
    attempts.slice(1).forEach((at, i) => {
      const expected = Math.min(1_000 * 2 ** i, 60_000)
      const waited = at - (attempts[i] as number)
      assert.ok(waited >= expected * 0.74 && waited <= expected * 1.26, `waited ${waited} instead of ${expected}`)
    })
    assert.ok(attempts.length > 10)
    firstDelays.add((attempts[1] as number) - (attempts[0] as number))
  }
  assert.ok(firstDelays.size > 10, 'two who fail together do not try together again')
})

test('the next attempt is known before it comes', async () => {
  const { clock, dialler, attempts } = trial()
  const dueInMs = (): number => (dialler.nextAttemptAt ?? Number.NaN) - clock.now()
  dialler.wake(500)
  assert.equal(dueInMs(), 500)
  await clock.advance(500)
  assert.equal(attempts.length, 1)
  await clock.advance(dueInMs())
  assert.equal(attempts.length, 2)
})

test('a link ends the attempts until it is woken, with the patience of the beginning', async () => {
  const world = trial()
  const { clock, dialler, attempts } = world
  dialler.wake()
  await clock.advance(200_000)
  world.isLinked = true
  await clock.advance(200_000)
  const count = attempts.length
  await clock.advance(1_000_000)
  assert.equal(attempts.length, count)
  assert.equal(dialler.nextAttemptAt, undefined)
  world.isLinked = false
  dialler.wake()
  await clock.advance(1_300)
  assert.equal(attempts.length, count + 2)
})

test('what did not last is tried again with the patience so far', async () => {
  const world = trial()
  const { clock, dialler, attempts } = world
  world.isLinked = true
  dialler.wake()
  const delays: number[] = []
  for (let i = 0; i < 5; i++) {
    await clock.until(() => attempts.length === i + 1)
    await clock.settle()
    dialler.retry()
    delays.push((dialler.nextAttemptAt as number) - clock.now())
  }
  delays.forEach((delay, i) => {
    assert.ok(delay >= 740 * 2 ** i && delay <= 1_260 * 2 ** i, `${delay} at ${i}`)
  })
})

test('waking during an attempt tries once more right after it, and never two at a time', async () => {
  const world = trial()
  const { clock, dialler, attempts } = world
  world.durationMs = 10_000
  dialler.wake()
  await clock.advance(1_000)
  assert.equal(dialler.isAttempting, true)
  dialler.wake()
  dialler.wake()
  await clock.advance(8_000)
  assert.equal(attempts.length, 1)
  await clock.advance(1_500)
  assert.equal(attempts.length, 2)
})

for (const end of ['rest', 'dispose'] as const)
  test(`after ${end} nothing is tried, whether it waited or was trying`, async () => {
    for (const durationMs of [0, 10_000]) {
      const world = trial()
      const { clock, dialler, attempts } = world
      world.durationMs = durationMs
      dialler.wake()
      await clock.advance(500)
      dialler[end]()
      if (end === 'dispose') {
        dialler.wake()
        dialler.retry()
      }
      await clock.advance(1_000_000)
      assert.equal(attempts.length, 1)
      assert.equal(clock.pendingTimers, 0)
    }
  })
