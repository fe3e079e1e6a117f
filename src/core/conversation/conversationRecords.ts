import { toHex } from '../codec/bytes.ts'
import { concat } from '../codec/bytes.ts'
import { topSeq } from '../event/ranges.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Store } from '../ports/store.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'
import type { LogHead } from './deviceLog.ts'
import { DeviceLog } from './deviceLog.ts'
import { Epochs, epochIdOf } from './epochs.ts'
import type { AckRecord, ConversationRecord } from './records.ts'
import { ackFormat, conversationFormat, epochFormat, logFormat } from './records.ts'

/** Reads and writes what conversations keep besides their events. Writing needs a transaction of the caller. */
export class ConversationRecords {
  readonly #store: Store
  readonly #conversations: RecordTable<ConversationRecord>
  readonly #logs
  readonly #epochs
  readonly #acks: RecordTable<AckRecord>
  #lastNumber = 0

  constructor(store: Store, vault: Vault) {
    this.#store = store
    this.#conversations = new RecordTable(store, vault, conversationFormat)
    this.#logs = new RecordTable(store, vault, logFormat)
    this.#epochs = new RecordTable(store, vault, epochFormat)
    this.#acks = new RecordTable(store, vault, ackFormat)
  }

  /** Everything at start: each conversation with its logs, epoch keys and acknowledgements. */
  loadAll(): { record: ConversationRecord; logs: DeviceLog[]; epochs: Epochs; acks: AckRecord[] }[] {
    const logs = this.#logs.list()
    const epochs = this.#epochs.list()
    const acks = this.#acks.list()
    const conversations = this.#conversations.list()
    this.#lastNumber = Math.max(0, ...logs.map((log) => log.number), ...conversations.map((record) => record.number))
    return conversations.map((record) => {
      const id = toHex(record.id)
      const isOurs = (other: { conversation: Uint8Array }): boolean => toHex(other.conversation) === id
      const keys = new Epochs()
      for (const epoch of epochs.filter(isOurs)) keys.add(epoch.key)
      return {
        record,
        logs: logs.filter(isOurs).map((log) => new DeviceLog(log, this.#head(log.number, log.ranges))),
        epochs: keys,
        acks: acks.filter(isOurs),
      }
    })
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
    const record = { number: this.nextNumber(), conversation, device, person, ranges: [], isConflicting: false }
    this.putLog(record)
    return new DeviceLog(record, undefined)
  }

  putLog(record: DeviceLog['record']): void {
    this.#logs.put(concat(record.conversation, record.device), record)
  }

  restoreLog(log: DeviceLog): void {
    const record = this.#logs.get(concat(log.conversation, log.device))
    if (record !== undefined) log.restore(record, this.#head(record.number, record.ranges))
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
