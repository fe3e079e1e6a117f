import type { Clock } from '../../src/core/ports/clock.ts'
import type { Disposable } from '../../src/shared/disposable.ts'

interface Timer {
  readonly dueAt: number
  readonly order: number
  readonly fn: () => void
}

/** The wall clock of a new `FakeClock`: noon of a day in 2030, UTC. */
export const fakeStart = Date.UTC(2030, 0, 15, 12)

/**
 * Time that stands still until a test moves it. Deferred callbacks run when `settle` or `advance` is awaited, one
 * generation a turn, as `setImmediate` would run them.
 */
export class FakeClock implements Clock {
  #wallOffsetMs: number
  #monotonicMs = 0
  #order = 0
  readonly #timers = new Set<Timer>()
  #deferred: (() => void)[] = []

  constructor(startMs: number = fakeStart) {
    this.#wallOffsetMs = startMs
  }

  now(): number {
    return this.#wallOffsetMs + this.#monotonicMs
  }

  /** This clock's user lives by UTC. */
  localMidnight(year: number, month: number, day: number): number {
    return new Date(0).setUTCFullYear(year, month - 1, day)
  }

  monotonicMs(): number {
    return this.#monotonicMs
  }

  after(delayMs: number, fn: () => void): Disposable {
    const timer = { dueAt: this.#monotonicMs + Math.max(0, delayMs), order: this.#order++, fn }
    this.#timers.add(timer)
    return { dispose: () => this.#timers.delete(timer) }
  }

  defer(fn: () => void): void {
    this.#deferred.push(fn)
  }

  /** How many timers wait: a disposed object should leave none. */
  get pendingTimers(): number {
    return this.#timers.size
  }

  /** Milliseconds until the next timer is due, or `undefined` if none waits. */
  get nextTimerInMs(): number | undefined {
    const next = this.#next()
    return next === undefined ? undefined : next.dueAt - this.#monotonicMs
  }

  /** Moves the wall clock alone, in either direction, as a user or a time server would. */
  shiftWallClock(byMs: number): void {
    this.#wallOffsetMs += byMs
  }

  /** Runs what is deferred, and the microtasks that follow from it, until nothing more is deferred. No time passes. */
  async settle(): Promise<void> {
    await drainMicrotasks()
    for (let turns = 0; this.#deferred.length > 0; turns++) {
      if (turns === 100_000) throw new Error('Something defers itself for ever')
      const generation = this.#deferred
      this.#deferred = []
      for (const fn of generation) fn()
      await drainMicrotasks()
    }
  }

  /** Lets `ms` pass: runs the timers due in it, in their order, and settles after each. */
  async advance(ms: number): Promise<void> {
    await this.settle()
    const end = this.#monotonicMs + ms
    for (let next = this.#next(); next !== undefined && next.dueAt <= end; next = this.#next()) {
      this.#timers.delete(next)
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueAt)
      next.fn()
      await this.settle()
    }
    this.#monotonicMs = end
  }

  /** Lets time pass, timer by timer, until `condition` holds. Throws when it does not within `limitMs`. */
  async until(condition: () => boolean, limitMs: number = 60_000): Promise<void> {
    const end = this.#monotonicMs + limitMs
    await this.settle()
    while (!condition()) {
      const next = this.#next()
      if (next === undefined || next.dueAt > end) throw new Error(`Not so within ${limitMs} ms of fake time`)
      await this.advance(next.dueAt - this.#monotonicMs)
    }
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (
        first === undefined ||
        timer.dueAt < first.dueAt ||
        (timer.dueAt === first.dueAt && timer.order < first.order)
      )
        first = timer
    }
    return first
  }
}

/** All microtasks, and those they queue, run before the next immediate does. */
const drainMicrotasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
