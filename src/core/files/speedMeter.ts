import type { Clock } from '../ports/clock.ts'

/** Speed is that of the last seconds: long enough to be calm, short enough to be true. */
const windowMs = 4_000
const sliceMs = 500

/** How fast something goes. It holds no timers. */
export class SpeedMeter {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #slices: { readonly since: number; bytes: number }[] = []
  #startedAt: number | undefined

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock
  }

  add(bytes: number): void {
    const now = this.#clock.monotonicMs()
    this.#startedAt ??= now
    const last = this.#slices.at(-1)
    if (last !== undefined && now - last.since < sliceMs) last.bytes += bytes
    else this.#slices.push({ since: now, bytes })
    this.#forget(now)
  }

  /** Bytes a second, rounded; 0 once nothing has come for a while. */
  get perSecond(): number {
    const now = this.#clock.monotonicMs()
    this.#forget(now)
    const bytes = this.#slices.reduce((sum, slice) => sum + slice.bytes, 0)
    const passedMs = Math.min(windowMs, now - (this.#startedAt ?? now))
    return Math.round((bytes * 1000) / Math.max(sliceMs, passedMs))
  }

  #forget(now: number): void {
    while (this.#slices[0] !== undefined && now - this.#slices[0].since > windowMs) this.#slices.shift()
    if (this.#slices.length === 0) this.#startedAt = undefined
  }
}
