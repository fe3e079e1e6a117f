import type { Clock } from '../ports/clock.ts'
import type { AllowanceInit } from './allowance.ts'
import { Allowance } from './allowance.ts'

/** What each of many peers may cost, whatever links they come over: nobody gets more by hanging up and calling again. */
export class PeerAllowances {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #init: AllowanceInit
  readonly #byPeer = new Map<string, Allowance>()

  constructor(clock: Pick<Clock, 'monotonicMs'>, init: AllowanceInit) {
    this.#clock = clock
    this.#init = init
  }

  /** The allowance of one peer. Those that are full are forgotten, which changes nothing. */
  of(peer: string): Allowance {
    const allowance = this.#byPeer.get(peer) ?? new Allowance(this.#clock, this.#init)
    for (const [other, { isFull }] of this.#byPeer) if (isFull) this.#byPeer.delete(other)
    this.#byPeer.set(peer, allowance)
    return allowance
  }
}
