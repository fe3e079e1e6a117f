import { toHex } from '../codec/bytes.ts'
import type { Clock } from '../ports/clock.ts'
import type { AllowanceInit } from './allowance.ts'
import { PeerAllowances } from './peerAllowances.ts'

/** How often one device may call: a program that starts over and over again still gets through now and then. */
export const callAllowance: AllowanceInit = { burst: 20, perSecond: 0.5 }

/** Bounds what callers cost who are let in, hang up, and call again: every link is checked, kept and shown. */
export class CallLimits {
  readonly #allowances: PeerAllowances

  constructor(clock: Clock) {
    this.#allowances = new PeerAllowances(clock, callAllowance)
  }

  /** Whether one more call of this device is answered now. */
  admit(device: Uint8Array): boolean {
    return this.#allowances.of(toHex(device)).take()
  }
}
