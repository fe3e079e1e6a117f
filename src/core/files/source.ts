import type { DeviceId } from '../../shared/ids.ts'
import { hasSeq, missingFrom, type Ranges } from '../event/ranges.ts'
import type { Clock } from '../ports/clock.ts'
import type { FileCopy } from './fileCopy.ts'
import { maxAskedParts } from './fileFrame.ts'

const firstWindow = 16
/** Somebody who was asked and says nothing for so long is not waited for by others who could be asked. */
const stalledAfterMs = 30_000

/** A link over which a file is fetched, as the download sees it. */
export interface SourceLine {
  readonly device: DeviceId
  ask(from: number, count: number): void
  /** Nothing more is wanted of it. */
  close(): void
}

/** One device that a file is fetched from: what it has, what it was asked for, and how much it may be asked for at once. */
export class Source {
  readonly line: SourceLine
  /** Asked for and not settled yet, also what waits to be written. */
  readonly asked = new Set<number>()
  readonly #clock: Pick<Clock, 'monotonicMs'>
  #has: Ranges | undefined
  #next = 1
  #window = firstWindow
  #lastHeard: number

  constructor(line: SourceLine, clock: Pick<Clock, 'monotonicMs'>) {
    this.line = line
    this.#clock = clock
    this.#lastHeard = clock.monotonicMs()
  }

  /** It said what it has. */
  get isHeard(): boolean {
    return this.#has !== undefined
  }
  get isStalled(): boolean {
    return this.asked.size > 0 && this.#clock.monotonicMs() - this.#lastHeard >= stalledAfterMs
  }

  /** Whether it has something that is missing. */
  isUseful(held: Ranges): boolean {
    return missingFrom(held, this.#has ?? []).length > 0
  }

  says(parts: Ranges): void {
    this.#has = parts
    this.#next = 1
    this.#heard()
  }

  /** It does not have this after all. */
  lacks(part: number): void {
    this.#has = missingFrom([{ from: part, to: part }], this.#has ?? [])
    this.#heard()
  }

  /** A part of it was kept: it may be asked for more at once. */
  gave(): void {
    this.#window = Math.min(maxAskedParts, this.#window + 1)
    this.#heard()
  }

  /** Somebody else did not deliver this: it is looked at again. */
  reconsider(part: number): void {
    this.#next = Math.min(this.#next, part)
  }

  /** Parts to ask for now: those that are missing, can be proven, and that nobody else was asked for. */
  choose(copy: FileCopy, isClaimed: (part: number) => boolean): number[] {
    const room = this.#window - this.asked.size
    // Many at once, so that asking costs little.
    if (this.#has === undefined || room <= 0 || (this.asked.size > 0 && room < this.#window / 4)) return []
    const lowest = copy.held[0]?.from === 1 ? copy.held[0].to + 1 : 1
    const chosen: number[] = []
    for (this.#next = Math.max(this.#next, lowest); this.#next <= copy.shape.parts; this.#next++) {
      if (chosen.length === room) break
      const part = this.#next
      if (copy.has(part) || isClaimed(part) || this.asked.has(part) || !hasSeq(this.#has, part)) continue
      if (!copy.canProve(part)) break
      chosen.push(part)
    }
    return chosen
  }

  #heard(): void {
    this.#lastHeard = this.#clock.monotonicMs()
  }
}
