import type { Clock } from '../ports/clock.ts'

export interface AllowanceInit {
  /** How much may be taken at once after a quiet time. */
  readonly burst: number
  /** How much comes back in a second, up to `burst`. */
  readonly perSecond: number
}

/** What somebody may cost: so much at once, so much a second (a token bucket). It holds no timers. */
export class Allowance {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #init: AllowanceInit
  #left: number
  #refilledAt: number

  constructor(clock: Pick<Clock, 'monotonicMs'>, init: AllowanceInit) {
    this.#clock = clock
    this.#init = init
    this.#left = init.burst
    this.#refilledAt = clock.monotonicMs()
  }

  /** Whether `cost` is there; takes it if so. */
  take(cost = 1): boolean {
    const { burst, perSecond } = this.#init
    const now = this.#clock.monotonicMs()
    this.#left = Math.min(burst, this.#left + ((now - this.#refilledAt) * perSecond) / 1000)
    this.#refilledAt = now
    if (this.#left < cost) return false
    this.#left -= cost
    return true
  }

  /** Nothing was taken for so long that all of it is there: forgetting it changes nothing. */
  get isFull(): boolean {
    return this.take(0) && this.#left === this.#init.burst
  }
}
