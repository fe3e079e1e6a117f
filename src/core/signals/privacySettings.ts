import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { Privacy } from '../../shared/signals.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

// A key among the settings, behind those of `storeMarks.ts`.
const key = new Uint8Array([4])
const open: Privacy = { readReceipts: true, typing: true, lastSeen: true }

/** What this device tells others of its user, on disk. */
export class PrivacySettings {
  static readonly format: RecordFormat<Privacy> = {
    kind: 'setting',
    write: (writer, { readReceipts, typing, lastSeen }) => {
      writer.uint8(1).boolean(readReceipts).boolean(typing).boolean(lastSeen)
    },
    read: (reader) => {
      if (reader.uint8() !== 1) reader.fail()
      return { readReceipts: reader.boolean(), typing: reader.boolean(), lastSeen: reader.boolean() }
    },
  }
  readonly #table: RecordTable<Privacy>
  readonly #committer: Committer
  readonly #onDidChange = new Emitter<Privacy>()
  #now: Privacy

  constructor(table: RecordTable<Privacy>, committer: Committer) {
    this.#table = table
    this.#committer = committer
    this.#now = table.get(key) ?? open
  }

  readonly onDidChange: Event<Privacy> = this.#onDidChange.event

  get now(): Privacy {
    return this.#now
  }

  /** Changes what is given. Resolves once that is on disk; nothing is written where it changes nothing. */
  async set(changes: Partial<Privacy>): Promise<void> {
    const next = { ...this.#now, ...changes }
    const names = Object.keys(next) as (keyof Privacy)[]
    if (names.every((name) => next[name] === this.#now[name])) return
    await this.#committer.run(() => {
      this.#table.put(key, next)
    })
    this.#now = next
    this.#onDidChange.fire(next)
  }
}
