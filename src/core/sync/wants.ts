import type { DeviceId } from '../../shared/ids.ts'
import { firstPageEvents } from '../conversation/backfill.ts'
import type { Ranges } from '../event/ranges.ts'
import { countSeqs, missingFrom } from '../event/ranges.ts'

/** The most logs asked for at a time on one link. */
export const maxOpenWants = 8

export interface Want {
  readonly device: DeviceId
  readonly from: number
  readonly to: number
}

/**
 * Decides what to ask for next: of each log the newest missing stretch, first a page of every log, then the rest. A log
 * for which an answer brought nothing is left alone until the other side claims something anew.
 */
export class Wants {
  readonly #open = new Map<DeviceId, Want>()
  readonly #paged = new Set<DeviceId>()
  readonly #fruitful = new Set<DeviceId>()
  readonly #stalled = new Set<DeviceId>()

  get openCount(): number {
    return this.#open.size
  }

  isOpen(device: DeviceId): boolean {
    return this.#open.has(device)
  }

  /** The next want for this log, now open; `undefined` if nothing is missing, one is open already, or too many are. */
  next(device: DeviceId, mine: Ranges, theirs: Ranges): Want | undefined {
    if (this.#open.has(device) || this.#stalled.has(device) || this.#open.size >= maxOpenWants) return undefined
    const missing = missingFrom(mine, theirs)
    const top = missing.at(-1)
    if (top === undefined) return undefined
    const isFirst = !this.#paged.has(device) && countSeqs(missing) > firstPageEvents
    this.#paged.add(device)
    const from = isFirst ? Math.max(top.from, top.to - firstPageEvents + 1) : top.from
    const want = { device, from, to: top.to }
    this.#open.set(device, want)
    return want
  }

  /** The other side said anew what it holds of this log. */
  renew(device: DeviceId): void {
    this.#stalled.delete(device)
  }

  /** Something of this log was stored. */
  progress(device: DeviceId): void {
    this.#fruitful.add(device)
  }

  /** The other side has answered the want for this log. */
  close(device: DeviceId): void {
    if (this.#open.delete(device) && !this.#fruitful.delete(device)) this.#stalled.add(device)
  }
}
