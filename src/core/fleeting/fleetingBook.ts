import { concat } from '../codec/bytes.ts'
import { setUint48 } from '../event/event.ts'
import type { Store } from '../ports/store.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'
import { fleetingFormat, type FleetingRecord } from './fleetingRecord.ts'

type Place = Pick<FleetingRecord, 'log' | 'seq'>

/** The messages that are to disappear, of all conversations. Writing needs a transaction of the caller. */
export class FleetingBook {
  readonly #table: RecordTable<FleetingRecord>
  /** By conversation, then by place. */
  readonly #records = new Map<number, Map<string, FleetingRecord>>()

  constructor(store: Store, vault: Vault) {
    this.#table = new RecordTable(store, vault, fleetingFormat)
  }

  /** Reads memory anew from the store: at the start, and after a transaction failed. */
  load(): void {
    this.#records.clear()
    for (const record of this.#table.list()) this.#of(record.conversation).set(nameOf(record), record)
  }

  in(conversation: number): Iterable<FleetingRecord> {
    return this.#records.get(conversation)?.values() ?? []
  }

  get(conversation: number, place: Place): FleetingRecord | undefined {
    return this.#records.get(conversation)?.get(nameOf(place))
  }

  /** Takes note of a message, or that its time has begun. */
  put(record: FleetingRecord): void {
    this.#of(record.conversation).set(nameOf(record), record)
    this.#table.put(keyOf(record), record)
  }

  delete(record: FleetingRecord): void {
    this.#records.get(record.conversation)?.delete(nameOf(record))
    this.#table.delete(keyOf(record))
  }

  #of(conversation: number): Map<string, FleetingRecord> {
    const known = this.#records.get(conversation) ?? new Map<string, FleetingRecord>()
    this.#records.set(conversation, known)
    return known
  }
}

const nameOf = ({ log, seq }: Place): string => `${String(log)} ${String(seq)}`

const keyOf = ({ log, seq }: Place): Uint8Array => concat(number(log), number(seq))

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(6)
  setUint48(bytes, 0, value)
  return bytes
}
