import { performance } from 'node:perf_hooks'
import type { Clock } from '../core/ports/clock.ts'
import type { Disposable } from '../shared/disposable.ts'

/** The longest delay that a Node timer takes; one that is longer is waited for in parts. */
const maxTimerMs = 2 ** 31 - 1

/** This machine's time. Its timers never keep the process alive. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  localMidnight(year, month, day) {
    const date = new Date(0)
    // Not through the constructor, which takes the years before 100 for others.
    date.setFullYear(year, month - 1, day)
    return date.setHours(0, 0, 0, 0)
  },
  monotonicMs: () => performance.now(),
  after: (delayMs, fn) => startTimer(Math.max(0, delayMs), fn),
  defer(fn) {
    setImmediate(fn)
  },
}

function startTimer(delayMs: number, fn: () => void): Disposable {
  let rest: Disposable | undefined
  const partMs = Math.min(delayMs, maxTimerMs)
  const timer = setTimeout(() => {
    if (partMs < delayMs) rest = startTimer(delayMs - partMs, fn)
    else fn()
  }, partMs)
  timer.unref()
  return {
    dispose: () => {
      clearTimeout(timer)
      rest?.dispose()
    },
  }
}
