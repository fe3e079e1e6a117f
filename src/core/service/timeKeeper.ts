import type { Disposable } from '../../shared/disposable.ts'
import { maxCounter } from '../event/event.ts'
import type { Clock } from '../ports/clock.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

const noteEveryMs = 60 * 60 * 1000
/** A clock this far off is wrong: addresses of the day no longer agree. */
export const wrongClockMs = 10 * 60 * 1000
const key = new Uint8Array([1])

/** Remembers the latest time seen, to notice a clock that was set back while Tincan was closed. */
export class TimeKeeper implements Disposable {
  static readonly format: RecordFormat<number> = {
    kind: 'setting',
    write: (writer, at) => {
      writer.uint(at)
    },
    read: (reader) => reader.uint(maxCounter),
  }
  readonly #table: RecordTable<number>
  readonly #committer: Committer
  readonly #clock: Clock
  #latest: number
  #timer: Disposable | undefined

  constructor(table: RecordTable<number>, committer: Committer, clock: Clock) {
    this.#table = table
    this.#committer = committer
    this.#clock = clock
    this.#latest = table.get(key) ?? 0
  }

  /** The clock shows a time before one that it showed earlier. */
  get isSetBack(): boolean {
    return this.#clock.now() < this.#latest - wrongClockMs
  }

  start(): void {
    this.#note()
  }

  dispose(): void {
    this.#timer?.dispose()
  }

  #note(): void {
    this.#timer = this.#clock.after(noteEveryMs, () => {
      this.#note()
    })
    const now = Math.max(0, this.#clock.now())
    if (now <= this.#latest) return
    this.#latest = now
    this.#committer
      .run(() => {
        this.#table.put(key, now)
      })
      // The committer has logged it; an hour later it is tried again.
      .catch(() => undefined)
  }
}
