import { chatError } from '../../shared/chatError.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Reader } from '../codec/codec.ts'
import type { RecordKind, Store } from '../ports/store.ts'
import type { Vault } from './vault.ts'

/** How a record of one kind is written and read. `read` marks the reader as failed for what it does not accept. */
export interface RecordFormat<T> {
  readonly kind: RecordKind
  write(writer: Writer, value: T): void
  read(reader: Reader): T
}

/** Typed, sealed records of one kind. Reading a record that does not open or parse throws `store-damaged`. */
export class RecordTable<T> {
  readonly #store: Store
  readonly #vault: Vault
  readonly #format: RecordFormat<T>

  constructor(store: Store, vault: Vault, format: RecordFormat<T>) {
    this.#store = store
    this.#vault = vault
    this.#format = format
  }

  get(key: Uint8Array): T | undefined {
    const id = this.#vault.recordId(this.#format.kind, key)
    const sealed = this.#store.getRecord(this.#format.kind, id)
    return sealed === undefined ? undefined : this.#open(id, sealed)
  }

  put(key: Uint8Array, value: T): void {
    const writer = new Writer()
    this.#format.write(writer, value)
    const id = this.#vault.recordId(this.#format.kind, key)
    this.#store.putRecord(this.#format.kind, id, this.#vault.sealRecord(this.#format.kind, id, writer.finish()))
  }

  delete(key: Uint8Array): void {
    this.#store.deleteRecord(this.#format.kind, this.#vault.recordId(this.#format.kind, key))
  }

  list(): T[] {
    return this.#store.listRecords(this.#format.kind).map(({ id, sealed }) => this.#open(id, sealed))
  }

  #open(id: Uint8Array, sealed: Uint8Array): T {
    const plaintext = this.#vault.openRecord(this.#format.kind, id, sealed)
    const value = plaintext && decodeAll(plaintext, (reader) => this.#format.read(reader))
    if (value === undefined) throw chatError('store-damaged', `a ${this.#format.kind} record`)
    return value
  }
}
