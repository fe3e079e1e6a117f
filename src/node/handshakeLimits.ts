import { toHex } from '../core/codec/bytes.ts'
import { Allowance } from '../core/link/allowance.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Disposable } from '../shared/disposable.ts'

/** How many handshakes a second are computed for callers who may be anybody, and how many at once after a quiet time. */
export const handshakesPerSecond = 100
export const handshakeBurst = 400

/** How many callers that are allowed may be on their way in, not yet having sent a message: from one key, and in all. */
export const maxUnprovenPerCaller = 8
export const maxUnproven = 128

/** A caller that has not sent a message after this long is given up. */
export const unprovenLimitMs = 15_000

/**
 * Bounds what callers can cost before they have proven anything. The first message of a handshake can be recorded and
 * sent again, so even an allowed key proves nothing until a message of the new session decrypts.
 */
export class HandshakeLimits implements Disposable {
  readonly #clock: Clock
  readonly #waiting = new Map<string, Disposable[]>()
  #waitingInAll = 0
  readonly #handshakes: Allowance

  constructor(clock: Clock) {
    this.#clock = clock
    this.#handshakes = new Allowance(clock, { burst: handshakeBurst, perSecond: handshakesPerSecond })
  }

  /** Whether one more handshake may be computed now; counts it if so. */
  mayCompute(): boolean {
    return this.#handshakes.take()
  }

  /** Whether one more caller with this key may come in; counts it if so, until `prove` or the time limit. */
  admit(remotePublicKey: Uint8Array): boolean {
    const key = toHex(remotePublicKey)
    const waiting = this.#waiting.get(key) ?? []
    if (this.#waitingInAll >= maxUnproven || waiting.length >= maxUnprovenPerCaller) return false
    const timer = this.#clock.after(unprovenLimitMs, () => this.#forget(key, timer))
    this.#waiting.set(key, [...waiting, timer])
    this.#waitingInAll++
    return true
  }

  /** A caller with this key has sent its first message, or has gone. */
  prove(remotePublicKey: Uint8Array): void {
    const key = toHex(remotePublicKey)
    const oldest = this.#waiting.get(key)?.[0]
    if (oldest === undefined) return
    oldest.dispose()
    this.#forget(key, oldest)
  }

  dispose(): void {
    for (const timers of this.#waiting.values()) for (const timer of timers) timer.dispose()
    this.#waiting.clear()
    this.#waitingInAll = 0
  }

  #forget(key: string, timer: Disposable): void {
    const rest = (this.#waiting.get(key) ?? []).filter((other) => other !== timer)
    if (rest.length === 0) this.#waiting.delete(key)
    else this.#waiting.set(key, rest)
    this.#waitingInAll--
  }
}
