import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

/** The most bytes of an address: more than any has. */
const maxAddressBytes = 64

/** Where each contact's device was last reached, for the day on which no DHT node answers. */
export class LastAddresses {
  static readonly format: RecordFormat<string> = {
    kind: 'setting',
    write: (writer, address) => {
      writer.string(address)
    },
    read: (reader) => reader.string(maxAddressBytes),
  }
  readonly #table: RecordTable<string>
  readonly #committer: Committer

  constructor(table: RecordTable<string>, committer: Committer) {
    this.#table = table
    this.#committer = committer
  }

  /** As a connection told it; `undefined` for a device (32 bytes) that was never reached at a place to remember. */
  get(device: Uint8Array): string | undefined {
    return this.#table.get(device)
  }

  /** Remembers a place. Nothing is written when it is the same as before. */
  note(device: Uint8Array, address: string): void {
    if (address.length > maxAddressBytes || this.#table.get(device) === address) return
    this.#committer
      .run(() => {
        this.#table.put(device, address)
      })
      // The committer has logged it; the next link is another occasion.
      .catch(() => undefined)
  }
}
