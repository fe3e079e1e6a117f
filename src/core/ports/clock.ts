import type { Disposable } from '../../shared/disposable.ts'

/** Time, as the core sees it. The core never asks the machine itself. */
export interface Clock {
  /** Wall-clock milliseconds since 1970 UTC. May jump in either direction. */
  now(): number
  /**
   * When a day begins by the user's calendar and time zone, in milliseconds since 1970. `month` counts from 1; a month or a
   * day beyond its end, or before its beginning, is one of the next or the one before.
   */
  localMidnight(year: number, month: number, day: number): number
  /** Milliseconds that only grow, from an arbitrary start; unaffected by changes of the wall clock. */
  monotonicMs(): number
  /** Calls `fn` once, `delayMs` from now. Disposing cancels it. It never keeps the process alive. */
  after(delayMs: number, fn: () => void): Disposable
  /** Calls `fn` once, after what the current turn of the event loop has begun. Cannot be cancelled. */
  defer(fn: () => void): void
}
