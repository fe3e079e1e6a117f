import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordTable } from '../store/recordTable.ts'
import type { RequestRecord } from './requestRecords.ts'

/** The most requests that are kept, those that were declined included; of more, the first declined is forgotten. */
const maxRequests = 64

/** The requests of this device, in memory and on disk. */
export class RequestBook {
  readonly #table: RecordTable<RequestRecord>
  readonly #committer: Committer
  readonly #records = new Map<string, RequestRecord>()
  readonly #onDidChange = new Emitter<void>()

  constructor(table: RecordTable<RequestRecord>, committer: Committer) {
    this.#table = table
    this.#committer = committer
    for (const record of table.list()) this.#records.set(toHex(record.id), record)
  }

  readonly onDidChange: Event<void> = this.#onDidChange.event

  get all(): readonly RequestRecord[] {
    return [...this.#records.values()]
  }

  get(id: Uint8Array): RequestRecord | undefined {
    return this.#records.get(toHex(id))
  }

  /** The request between this person and another one. */
  with(person: PersonId, state: RequestRecord['state']): RequestRecord | undefined {
    return this.all.find((record) => record.state === state && toHex(record.person) === person)
  }

  /** Keeps a request. False: too many are open. Resolves once it is on disk. */
  async keep(record: RequestRecord): Promise<boolean> {
    if (!this.#records.has(toHex(record.id)) && this.#records.size >= maxRequests) {
      const declined = this.all.find(({ state }) => state === 'declined')
      if (declined === undefined) return false
      await this.forget(declined)
    }
    await this.#committer.run(() => {
      this.#table.put(record.id, record)
    })
    this.#records.set(toHex(record.id), record)
    this.#onDidChange.fire()
    return true
  }

  async forget(record: RequestRecord): Promise<void> {
    await this.#committer.run(() => {
      this.#table.delete(record.id)
    })
    this.#forgotten(record)
  }

  /** Removes every request with a person from the disk, inside a transaction of the caller, who calls `met` after it. */
  remove(person: Uint8Array): void {
    for (const record of this.#between(person)) this.#table.delete(record.id)
  }

  /** This person has become a contact. */
  met(person: Uint8Array): void {
    for (const record of this.#between(person)) this.#forgotten(record)
  }

  #forgotten({ id }: RequestRecord): void {
    this.#records.delete(toHex(id))
    this.#onDidChange.fire()
  }

  #between(person: Uint8Array): RequestRecord[] {
    return this.all.filter((record) => record.state !== 'introducing' && isEqual(record.person, person))
  }
}
