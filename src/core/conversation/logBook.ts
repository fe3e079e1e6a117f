import type { DeviceId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { scratch } from '../codec/slab.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { openEvent, sealEvent } from '../event/storedEvent.ts'
import type { EventRow } from '../ports/store.ts'
import type { Vault } from '../store/vault.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { ConversationRecord } from './records.ts'

/** The logs of one conversation, in memory and in the store. What changes it runs inside a transaction of the caller. */
export class LogBook {
  readonly own: DeviceLog
  readonly byNumber: ReadonlyMap<number, DeviceLog>
  readonly #context: ConversationContext
  readonly #number: number
  readonly #id: Uint8Array
  readonly #byDevice = new Map<DeviceId, DeviceLog>()
  readonly #byNumber = new Map<number, DeviceLog>()
  #clock: number

  constructor(
    context: ConversationContext,
    { number, id }: Pick<ConversationRecord, 'number' | 'id'>,
    logs: readonly DeviceLog[],
    own: DeviceLog,
  ) {
    this.#context = context
    this.#number = number
    this.#id = id
    this.own = own
    this.byNumber = this.#byNumber
    for (const log of logs) this.#file(log)
    this.#clock = this.#newestClock()
  }

  get all(): Iterable<DeviceLog> {
    return this.#byDevice.values()
  }

  /** Whether this person wrote a log, with this device or with one that it took the place of. */
  isOwn(log: DeviceLog): boolean {
    return log.personId === this.own.personId
  }

  /** The largest clock seen. */
  get clock(): number {
    return this.#clock
  }

  get(device: DeviceId): DeviceLog | undefined {
    return this.#byDevice.get(device)
  }

  /** Makes sure that a member's device has a log. Returns it if it is new. */
  add(device: Uint8Array, person: Uint8Array): DeviceLog | undefined {
    if (this.#byDevice.has(toHex(device) as DeviceId)) return undefined
    const log = this.#context.records.createLog(this.#id, device, person)
    this.#file(log)
    return log
  }

  /** Takes up the log of a device in memory; what is stored of it first writes it down. */
  take(device: Uint8Array, person: Uint8Array): DeviceLog {
    const log = this.#context.records.draftLog(this.#id, device, person)
    this.#file(log)
    return log
  }

  /** What is written from here on comes after this clock. */
  raise(clock: number): void {
    this.#clock = Math.max(this.#clock, clock)
  }

  /** Takes the next place in the order, for a local line. */
  tick(): number {
    return ++this.#clock
  }

  /** Keeps checked events of a log, ascending; they may leave out what is held already. */
  append(log: DeviceLog, events: readonly StoredEvent[]): void {
    const { store, vault, records } = this.#context
    const isFilling = ({ seq }: StoredEvent): boolean => log.isLacking(seq)
    for (const event of events.filter(isFilling)) this.#fill(log, event)
    store.addEvents(sealEach(vault, this.#number, log.number, events))
    let from = events[0]?.seq ?? 0
    events.forEach((event, i) => {
      const next = events[i + 1]
      if (next?.seq === event.seq + 1) return
      log.extend(from, event)
      from = next?.seq ?? 0
    })
    records.putLog(log.record)
    this.#clock = Math.max(this.#clock, events.at(-1)?.clock ?? 0)
  }

  /** The content of an event came of which the place was known. */
  #fill(log: DeviceLog, event: StoredEvent): void {
    const { store, vault } = this.#context
    const held = this.event(log, event.seq)
    const signature = event.signature ?? held?.signature
    const whole = { ...event, ...(signature && { signature }) }
    const { sealed, part } = sealEvent(vault, this.#number, log.number, whole)
    store.replaceEvent(log.number, event.seq, sealed, part)
    log.fill(event.seq)
  }

  /** Notes that the author of a log contradicted itself. False: it was known. */
  flag(log: DeviceLog): boolean {
    if (log.isConflicting) return false
    log.flag()
    this.#context.records.putLog(log.record)
    return true
  }

  /** An event held, or `undefined` if it is not or its row is damaged. */
  event(log: DeviceLog, seq: number): StoredEvent | undefined {
    const row = this.#context.store.getEvent(log.number, seq)
    return row && openEvent(this.#context.vault, row)
  }

  /** Reads everything anew from the store, after a transaction failed. */
  restore(): void {
    for (const log of this.#byDevice.values()) this.#context.records.restoreLog(log)
    this.raise(this.#newestClock())
  }

  #newestClock(): number {
    return this.#context.store.readHistory(this.#number, undefined, 1)[0]?.clock ?? 0
  }

  #file(log: DeviceLog): void {
    this.#byDevice.set(log.deviceId, log)
    this.#byNumber.set(log.number, log)
  }
}

const rowMemory = scratch(64 * 1024)

/** One after the other as it is written, in the same memory: all rows of a run at once would be as much again as the run. */
function* sealEach(
  vault: Vault,
  conversation: number,
  log: number,
  events: readonly StoredEvent[],
): Generator<EventRow> {
  for (const event of events) yield sealEvent(vault, conversation, log, event, rowMemory)
}
