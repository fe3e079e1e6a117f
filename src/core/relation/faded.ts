import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, emptyRanges, hasSeq } from '../event/ranges.ts'
import type { Relations } from './relations.ts'

/** So many words of one author about what faded are read, the newest. */
const maxRead = 10_000

/** Which events' contents are gone from the devices that wrote them, because their time was over: by the authors' own word. */
export class Faded {
  readonly #relations: Relations
  readonly #known = new Map<number, Ranges>()

  constructor(relations: Relations) {
    this.#relations = relations
  }

  has(log: DeviceLog, seq: number): boolean {
    return hasSeq(this.#of(log), seq)
  }

  /** An author says so, as is on disk now. */
  noted(log: DeviceLog, ranges: Ranges): void {
    const known = this.#known.get(log.number)
    if (known !== undefined) this.#known.set(log.number, joined(known, ranges))
  }

  /** Reads memory anew from the store. */
  restore(): void {
    this.#known.clear()
  }

  #of(log: DeviceLog): Ranges {
    const known = this.#known.get(log.number)
    if (known !== undefined) return known
    let ranges = emptyRanges
    for (const { log: by, body } of this.#relations.ofAll('faded', log.personId, maxRead))
      if (by === log && body.kind === 'faded') ranges = joined(ranges, body.ranges)
    this.#known.set(log.number, ranges)
    return ranges
  }
}

const joined = (ranges: Ranges, more: Ranges): Ranges =>
  more.reduce((sum, { from, to }) => addRange(sum, from, to), ranges)
