import { toHex } from '../codec/bytes.ts'
import type { Clock } from '../ports/clock.ts'
import type { AllowanceInit } from './allowance.ts'
import { Allowance } from './allowance.ts'

/** How often one device may call: a program that starts over and over again still gets through now and then. */
export const callAllowance: AllowanceInit = { burst: 20, perSecond: 0.5 }

/** Bounds what callers cost who are let in, hang up, and call again: every link is checked, kept and shown. */
export class CallLimits {
  readonly #clock: Clock
  readonly #byDevice = new Map<string, Allowance>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether one more call of this device is answered now. */
  admit(device: Uint8Array): boolean {
    const key = toHex(device)
    const allowance = this.#byDevice.get(key) ?? new Allowance(this.#clock, callAllowance)
    for (const [other, { isFull }] of this.#byDevice) if (isFull) this.#byDevice.delete(other)
    this.#byDevice.set(key, allowance)
    return allowance.take()
  }
}
