import type { Clock } from '../../../src/core/ports/clock.ts'
import type { Disposable } from '../../../src/shared/disposable.ts'

/** The clock of one simulated process: its wall clock may be wrong, and nothing it planned happens after its death. */
export class ProcessClock implements Clock {
  readonly #clock: Clock
  readonly #skewMs: () => number
  #isAlive = true

  constructor(clock: Clock, skewMs: () => number) {
    this.#clock = clock
    this.#skewMs = skewMs
  }

  now(): number {
    return Math.floor(this.#clock.now()) + this.#skewMs()
  }

  localMidnight(year: number, month: number, day: number): number {
    return this.#clock.localMidnight(year, month, day)
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs()
  }

  after(delayMs: number, fn: () => void): Disposable {
    return this.#clock.after(delayMs, () => {
      if (this.#isAlive) fn()
    })
  }

  defer(fn: () => void): void {
    this.#clock.defer(() => {
      if (this.#isAlive) fn()
    })
  }

  kill(): void {
    this.#isAlive = false
  }
}
