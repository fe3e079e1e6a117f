import { toHex } from '../codec/bytes.ts'
import { concat } from '../codec/bytes.ts'
import { topSeq } from '../event/ranges.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Store } from '../ports/store.ts'
import { FleetingBook } from '../fleeting/fleetingBook.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'
import type { LogHead } from './deviceLog.ts'
import { DeviceLog } from './deviceLog.ts'
import { Epochs, epochIdOf } from './epochs.ts'
import type { AckRecord, ConversationRecord } from './records.ts'
import { ackFormat, conversationFormat, epochFormat, logFormat } from './records.ts'

/** What is kept of one set of logs: of the messages of a conversation, or of a room log. */
export interface LoadedLogs {
  readonly logs: DeviceLog[]
  readonly epochs: Epochs
  readonly acks: readonly AckRecord[]
}

export interface LoadedRecords {
  readonly conversations: readonly ConversationRecord[]
  of(id: Uint8Array): LoadedLogs
}

/** Reads and writes what conversations keep besides their events. Writing needs a transaction of the caller. */
export class ConversationRecords {
  /** The messages that are to disappear. */
  readonly fleeting: FleetingBook
  readonly #store: Store
  readonly #conversations: RecordTable<ConversationRecord>
  readonly #logs
  readonly #epochs
  readonly #acks: RecordTable<AckRecord>
  #lastNumber = 0

  constructor(store: Store, vault: Vault) {
    this.#store = store
    this.fleeting = new FleetingBook(store, vault)
    this.#conversations = new RecordTable(store, vault, conversationFormat)
    this.#logs = new RecordTable(store, vault, logFormat)
    this.#epochs = new RecordTable(store, vault, epochFormat)
    this.#acks = new RecordTable(store, vault, ackFormat)
  }

  /** Everything at start. */
  load(): LoadedRecords {
    const [logs, epochs, acks] = [this.#logs.list(), this.#epochs.list(), this.#acks.list()]
    const conversations = this.#conversations.list()
    this.fleeting.load()
    this.#lastNumber = Math.max(0, ...logs.map((log) => log.number), ...conversations.map((record) => record.number))
    const [logsOf, epochsOf, acksOf] = [byConversation(logs), byConversation(epochs), byConversation(acks)]
    return {
      conversations,
      of: (id) => {
        const keys = new Epochs()
        for (const epoch of epochsOf.get(toHex(id)) ?? []) keys.add(epoch.key)
        return {
          logs: (logsOf.get(toHex(id)) ?? []).map((log) => new DeviceLog(log, this.#head(log.number, log.ranges))),
          epochs: keys,
          acks: acksOf.get(toHex(id)) ?? [],
        }
      },
    }
  }

  /** A number that no conversation and no log has. */
  nextNumber(): number {
    return ++this.#lastNumber
  }

  get(id: Uint8Array): ConversationRecord | undefined {
    return this.#conversations.get(id)
  }

  put(record: ConversationRecord): void {
    this.#conversations.put(record.id, record)
  }

  createLog(conversation: Uint8Array, device: Uint8Array, person: Uint8Array): DeviceLog {
    const log = this.draftLog(conversation, device, person)
    this.putLog(log.record)
    return log
  }

  /** A log that is not written down yet. */
  draftLog(conversation: Uint8Array, device: Uint8Array, person: Uint8Array): DeviceLog {
    const record = { number: this.nextNumber(), conversation, device, person, ranges: [], isConflicting: false }
    return new DeviceLog(record, undefined)
  }

  putLog(record: DeviceLog['record']): void {
    this.#logs.put(concat(record.conversation, record.device), record)
  }

  restoreLog(log: DeviceLog): void {
    const record = this.#logs.get(concat(log.conversation, log.device))
    if (record === undefined) log.restore({ ...log.record, ranges: [], isConflicting: false }, undefined)
    else log.restore(record, this.#head(record.number, record.ranges))
  }

  /** Keeps an epoch key. Returns its id. */
  putEpoch(conversation: Uint8Array, key: Uint8Array): Uint8Array {
    const id = epochIdOf(key)
    this.#epochs.put(concat(conversation, id), { conversation, id, key })
    return id
  }

  putAck(record: AckRecord): void {
    this.#acks.put(concat(record.conversation, record.device, record.log ?? new Uint8Array()), record)
  }

  #head(number: number, ranges: Ranges): LogHead | undefined {
    const top = topSeq(ranges)
    return top === 0 ? undefined : this.#store.getEvent(number, top)
  }
}

function byConversation<T extends { readonly conversation: Uint8Array }>(records: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const id = toHex(record.conversation)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [record])
    else group.push(record)
  }
  return groups
}
