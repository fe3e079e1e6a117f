import { defaultAutomaticBytes, maxFileBytes } from '../../shared/files.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

// A key among the settings.
const key = new Uint8Array([20])

/** Up to how many bytes files are fetched without being asked for, on disk. */
export class FileSettings {
  static readonly format: RecordFormat<number> = {
    kind: 'setting',
    write: (writer, bytes) => {
      writer.uint8(1).uint(bytes)
    },
    read: (reader) => {
      if (reader.uint8() !== 1) reader.fail()
      return reader.uint(maxFileBytes)
    },
  }
  readonly #table: RecordTable<number>
  readonly #committer: Committer
  #automaticBytes: number

  constructor(table: RecordTable<number>, committer: Committer) {
    this.#table = table
    this.#committer = committer
    this.#automaticBytes = table.get(key) ?? defaultAutomaticBytes
  }

  get automaticBytes(): number {
    return this.#automaticBytes
  }

  /** Resolves once it is on disk; nothing is written where it changes nothing. */
  async setAutomaticBytes(bytes: number): Promise<void> {
    if (bytes === this.#automaticBytes) return
    await this.#committer.run(() => {
      this.#table.put(key, bytes)
    })
    this.#automaticBytes = bytes
  }
}
