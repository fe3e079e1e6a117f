import type { Clock } from '../ports/clock.ts'

/** Speed is that of the last seconds: long enough to be calm, short enough to be true. */
const windowMs = 4_000
const sliceMs = 500

/** How fast something goes: what has come since a moment a few seconds ago, by the time since then. It holds no timers. */
export class SpeedMeter {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #slices: { readonly since: number; bytes: number }[] = []
  /** From when on everything that came is in the slices; `undefined` while nothing has come for a while. */
  #countedFrom: number | undefined

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock
  }

  add(bytes: number): void {
    const now = this.#clock.monotonicMs()
    this.#forget(now)
    this.#countedFrom ??= now
    const last = this.#slices.at(-1)
    if (last !== undefined && now - last.since < sliceMs) last.bytes += bytes
    else this.#slices.push({ since: now, bytes })
  }

  /** Bytes a second, rounded; 0 once nothing has come for a while. */
  get perSecond(): number {
    const now = this.#clock.monotonicMs()
    this.#forget(now)
    const bytes = this.#slices.reduce((sum, slice) => sum + slice.bytes, 0)
    return Math.round((bytes * 1000) / Math.max(sliceMs, now - (this.#countedFrom ?? now)))
  }

  #forget(now: number): void {
    while (this.#slices[0] !== undefined && now - this.#slices[0].since > windowMs) {
      this.#countedFrom = this.#slices[0].since + sliceMs
      this.#slices.shift()
    }
    if (this.#slices.length === 0) this.#countedFrom = undefined
  }
}
