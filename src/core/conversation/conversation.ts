import type { ChatError } from '../../shared/chatError.ts'
import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message, NoticeBody, SendBody } from '../../shared/service.ts'
import { encodeBody } from '../body/messageBody.ts'
import { compareBytes, idBytes, toHex } from '../codec/bytes.ts'
import type { Ranges } from '../event/ranges.ts'
import { countSeqs, topSeq } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { openEvent, sealEvent } from '../event/storedEvent.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Position, Store } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import type { Vault } from '../store/vault.ts'
import { writeEvents } from './author.ts'
import { checkRun } from './checkRun.ts'
import type { ConversationRecords } from './conversationRecords.ts'
import { Delivery } from './delivery.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'
import { messageIdOf, positionOf } from './messageId.ts'
import { MessageReader } from './messageReader.ts'
import { encodeNotice } from './noticeBody.ts'
import type { AckRecord, ConversationRecord } from './records.ts'
import { readRunDown } from './runReader.ts'

/** Claims further from the receiver's clock than this are marked. */
const doubtfulAfterMs = 10 * 60 * 1000
/** From this many messages at once on, listeners are told that the conversation changed, not each message. */
export const maxAnnounced = 200

/** What all conversations of one device share. */
export interface ConversationContext {
  readonly store: Store
  readonly vault: Vault
  readonly committer: Committer
  readonly records: ConversationRecords
  readonly clock: Clock
  readonly random: Random
  readonly deviceSecretKey: Uint8Array
}

/** New events in a log of the conversation. */
export interface Appended {
  readonly log: DeviceLog
  /** At least one, ascending. */
  readonly events: readonly StoredEvent[]
  /** The link they came over; absent for one's own. */
  readonly source?: object
}

export type IngestResult = 'stored' | 'duplicate' | 'conflicting' | 'refused'

interface PendingSend {
  readonly plaintext: Uint8Array
  resolve(message: Message): void
  reject(error: ChatError): void
}

/** One conversation: its logs, its keys, and the order of its messages. */
export class Conversation {
  readonly id: ConversationId
  readonly delivery = new Delivery()
  readonly epochs: Epochs
  readonly own: DeviceLog
  readonly #context: ConversationContext
  readonly #logs = new Map<DeviceId, DeviceLog>()
  readonly #logsByNumber = new Map<number, DeviceLog>()
  readonly #reader: MessageReader
  readonly #missing = new Map<object, number>()
  readonly #onDidAppend = new Emitter<Appended>()
  readonly #onDidAdd = new Emitter<readonly Message[]>()
  readonly #onDidChangeMessages = new Emitter<readonly Message[]>()
  readonly #onDidChange = new Emitter<void>()
  readonly #onDidAcknowledge = new Emitter<AckRecord>()
  #record: ConversationRecord
  #clock: number
  #unread: number
  #sends: PendingSend[] = []
  #isSendScheduled = false

  constructor(
    context: ConversationContext,
    record: ConversationRecord,
    epochs: Epochs,
    logs: readonly DeviceLog[],
    own: DeviceLog,
  ) {
    this.#context = context
    this.#record = record
    this.epochs = epochs
    this.own = own
    this.id = toHex(record.id) as ConversationId
    this.#reader = new MessageReader(context.vault, epochs, this.delivery, own, this.#logsByNumber)
    for (const log of logs) this.#file(log)
    this.#clock = this.#newestClock()
    this.#unread = this.#countUnread()
  }

  get record(): ConversationRecord {
    return this.#record
  }
  get peer(): PersonId {
    return toHex(this.#record.peer) as PersonId
  }
  get unread(): number {
    return this.#unread
  }
  /** How many events others are known to hold that are not here yet. */
  get missing(): number {
    return Math.max(0, ...this.#missing.values())
  }
  get readUpTo(): MessageId | undefined {
    return this.#record.readUpTo && messageIdOf(this.#record.readUpTo)
  }
  get logs(): Iterable<DeviceLog> {
    return this.#logs.values()
  }

  /** New events are on disk, in order of arrival. */
  readonly onDidAppend: Event<Appended> = this.#onDidAppend.event
  /** New messages to show; long backfills are not told one by one. */
  readonly onDidAdd: Event<readonly Message[]> = this.#onDidAdd.event
  /** Messages whose state changed, at most `maxAnnounced` at a time, the newest. */
  readonly onDidChangeMessages: Event<readonly Message[]> = this.#onDidChangeMessages.event
  /** Another device said anew what it holds of the own log. */
  readonly onDidAcknowledge: Event<AckRecord> = this.#onDidAcknowledge.event
  /** Anything else that a list of conversations shows. */
  readonly onDidChange: Event<void> = this.#onDidChange.event

  log(device: DeviceId): DeviceLog | undefined {
    return this.#logs.get(device)
  }

  /** Makes sure that a member's device has a log here. Runs inside a transaction. */
  addLog(device: Uint8Array, person: Uint8Array): void {
    if (this.#logs.has(toHex(device) as DeviceId)) return
    this.#file(this.#context.records.createLog(this.#record.id, device, person))
  }

  /** Writes a message. Resolves when it is on disk; rejects with `store-failed` when it could not be kept. */
  send(body: SendBody): Promise<Message> {
    return new Promise((resolve, reject) => {
      this.#sends.push({ plaintext: encodeBody(body), resolve, reject })
      if (this.#isSendScheduled) return
      this.#isSendScheduled = true
      this.#commitSends()
    })
  }

  /** Stores a run that a link brought, if it is what its author wrote. Rejects only when the disk does. */
  ingest(run: Run, source: object): Promise<IngestResult> {
    let log: DeviceLog | undefined
    let stored: StoredEvent[] = []
    let result: IngestResult = 'refused'
    return new Promise((resolve, reject) => {
      this.#context.committer.add({
        apply: () => {
          log = this.#logs.get(toHex(run.device) as DeviceId)
          if (log === undefined) return
          const verdict = checkRun(log, run, (seq) => this.#event(log as DeviceLog, seq))
          if (verdict.kind === 'conflicting') result = this.#flagConflict(log)
          if (verdict.kind !== 'valid') return
          result = verdict.fresh.length === 0 ? 'duplicate' : 'stored'
          const { signature } = run
          const lastId = verdict.isSigned ? verdict.fresh.at(-1)?.id : undefined
          const receivedAt = this.#context.clock.now()
          stored = verdict.fresh.map(({ event, id, previous }) => ({
            ...event,
            id,
            previous,
            receivedAt,
            isDoubtful: event.sentAt > receivedAt + doubtfulAfterMs,
            ...(signature && id === lastId && { signature }),
          }))
          this.#append(log, stored)
        },
        done: () => {
          if (log !== undefined && stored.length > 0) this.#announce(log, stored, source)
          resolve(result)
        },
        failed: (error) => {
          this.#restore()
          reject(error)
        },
      })
    })
  }

  /** The newest `limit` messages before `before`, oldest first. */
  history(before: MessageId | undefined, limit: number): { messages: Message[]; hasMore: boolean } {
    const rows = this.#context.store.readHistory(this.#record.number, before && positionOf(before), limit + 1)
    const page = rows.length > limit ? rows.slice(1) : rows
    return { messages: page.map((row) => this.#reader.read(row)), hasMore: rows.length > limit }
  }

  /** The newest message, or `undefined`. */
  last(): Message | undefined {
    return this.history(undefined, 1).messages[0]
  }

  has(id: MessageId): boolean {
    return this.#context.store.findEvent(this.#record.number, positionOf(id)) !== undefined
  }

  /** Everything up to `id` counts as read. Never moves backwards. */
  async markRead(id: MessageId): Promise<void> {
    const position = positionOf(id)
    if (this.#record.readUpTo !== undefined && comparePositions(position, this.#record.readUpTo) <= 0) return
    await this.#update({ readUpTo: position })
    this.#unread = this.#countUnread()
    this.#onDidChange.fire()
  }

  /** Writes a line for this device's own user. */
  async addNotice(notice: NoticeBody['notice'], person: PersonId): Promise<void> {
    await this.#context.committer.run(
      () => {
        this.writeNotice(notice, person)
      },
      () => {
        this.#restore()
      },
    )
    this.#onDidChange.fire()
  }

  /** The same inside a transaction of the caller. It is announced once that is on disk. */
  writeNotice(notice: NoticeBody['notice'], person: PersonId): void {
    const { vault, store, clock, random } = this.#context
    const log = -this.#record.number
    const seq = this.#record.notices + 1
    this.#clock++
    const plaintext = encodeNotice({ kind: 'notice', notice, person }, clock.now())
    const sealed = vault.sealRow(log, seq, plaintext)
    const row = { conversation: this.#record.number, log, seq, clock: this.#clock, id: random.bytes(32), sealed }
    store.addEvents([row])
    this.#record = { ...this.#record, notices: seq }
    this.#context.records.put(this.#record)
    clock.defer(() => {
      if (this.#record.notices >= seq) this.#onDidAdd.fire([this.#reader.read(row)])
    })
  }

  /** Changes the shared secret or the current epoch, inside a transaction of the caller. */
  rekey(changes: Partial<Pick<ConversationRecord, 'syncSecret' | 'epoch'>>): void {
    this.#record = { ...this.#record, ...changes }
    this.#context.records.put(this.#record)
  }

  /** A run of events held, ending at `to`, going down as far as one frame and `from` allow; `undefined` if `to` is not held. */
  readRun(log: DeviceLog, from: number, to: number): Run | undefined {
    return readRunDown(this.#context.store, this.#context.vault, log, from, to)
  }

  /** Another device's word of what it holds of the own log. */
  acknowledge(device: DeviceId, person: PersonId, ranges: Ranges): void {
    const news = this.delivery.acknowledge(device, person, ranges)
    if (news.length === 0) return
    this.#onDidAcknowledge.fire({ conversation: this.#record.id, device: idBytes(device), ranges })
    this.#announceStates(news)
  }

  /** A link closed: what it was handed and nobody confirmed is queued again. */
  withdraw(link: object): void {
    this.#announceStates(this.delivery.withdraw(link))
    this.setMissing(link, 0)
  }

  /** How many events the other end of `link` holds that are not here. */
  setMissing(link: object, count: number): void {
    const before = this.missing
    if (count === 0) this.#missing.delete(link)
    else this.#missing.set(link, count)
    if (this.missing !== before) this.#onDidChange.fire()
  }

  /** Tells listeners that presence or a name changed. */
  touch(): void {
    this.#onDidChange.fire()
  }

  #commitSends(): void {
    let sends: PendingSend[] = []
    let stored: StoredEvent[] = []
    this.#context.committer.add({
      apply: () => {
        // Taken here, so that everything asked for until the transaction begins goes along.
        this.#isSendScheduled = false
        sends = this.#sends
        this.#sends = []
        const { clock, random, deviceSecretKey } = this.#context
        const init = { log: this.own, epochs: this.epochs, epoch: this.#record.epoch, random, deviceSecretKey }
        stored = writeEvents(
          { ...init, clock: this.#clock, now: clock.now() },
          sends.map((send) => send.plaintext),
        )
        this.#append(this.own, stored)
      },
      done: () => {
        const messages = this.#announce(this.own, stored, undefined)
        sends.forEach((send, i) => {
          send.resolve(messages[i] as Message)
        })
      },
      failed: (error) => {
        this.#isSendScheduled = false
        this.#restore()
        for (const send of [...sends, ...this.#sends.splice(0)]) send.reject(error)
      },
    })
  }

  #append(log: DeviceLog, events: readonly StoredEvent[]): void {
    const first = events[0]
    const last = events.at(-1)
    if (first === undefined || last === undefined) return
    const { store, vault, records } = this.#context
    store.addEvents(events.map((event) => sealEvent(vault, this.#record.number, log.number, event)))
    // A run may span what is held already: each stretch of fresh events is added on its own.
    let from = first.seq
    events.forEach((event, i) => {
      const next = events[i + 1]
      if (next !== undefined && next.seq === event.seq + 1) return
      log.extend(from, event)
      from = next?.seq ?? 0
    })
    records.putLog(log.record)
    this.#clock = Math.max(this.#clock, last.clock)
  }

  #announce(log: DeviceLog, events: readonly StoredEvent[], source: object | undefined): Message[] {
    const last = events.at(-1) as StoredEvent
    this.#onDidAppend.fire({ log, events, ...(source && { source }) })
    const isOwn = log === this.own
    const marker = this.#record.readUpTo
    if (!isOwn)
      this.#unread += marker ? events.filter((event) => comparePositions(event, marker) > 0).length : events.length
    const isNewest = last.seq === topSeq(log.ranges)
    const messages =
      isOwn || (isNewest && events.length <= maxAnnounced)
        ? events.map((event) => this.#reader.readEvent(log, event))
        : []
    if (messages.length > 0) this.#onDidAdd.fire(messages)
    this.#onDidChange.fire()
    return messages
  }

  #announceStates(ranges: Ranges): void {
    if (countSeqs(ranges) === 0) return
    const changed: Message[] = []
    for (const { from, to } of [...ranges].reverse()) {
      const lowest = Math.max(from, to - (maxAnnounced - changed.length) + 1)
      for (let seq = to; seq >= lowest; seq--) {
        const event = this.#event(this.own, seq)
        if (event !== undefined) changed.push(this.#reader.readEvent(this.own, event))
      }
      if (changed.length >= maxAnnounced) break
    }
    if (changed.length > 0) this.#onDidChangeMessages.fire(changed.reverse())
  }

  #flagConflict(log: DeviceLog): IngestResult {
    if (!log.isConflicting) {
      log.flag()
      this.#context.records.putLog(log.record)
      this.writeNotice('conflicting-history', log.personId)
    }
    return 'conflicting'
  }

  #event(log: DeviceLog, seq: number): StoredEvent | undefined {
    const row = this.#context.store.getEvent(log.number, seq)
    return row && openEvent(this.#context.vault, row)
  }

  async #update(changes: Partial<ConversationRecord>): Promise<void> {
    await this.#context.committer.run(
      () => {
        this.#record = { ...this.#record, ...changes }
        this.#context.records.put(this.#record)
      },
      () => {
        this.#restore()
      },
    )
  }

  /** Reads memory anew from the store after a transaction failed. */
  #restore(): void {
    const { records } = this.#context
    this.#record = records.get(this.#record.id) ?? this.#record
    for (const log of this.#logs.values()) records.restoreLog(log)
    this.#clock = this.#newestClock()
    this.#unread = this.#countUnread()
  }

  #file(log: DeviceLog): void {
    this.#logs.set(log.deviceId, log)
    this.#logsByNumber.set(log.number, log)
  }

  #newestClock(): number {
    return this.#context.store.readHistory(this.#record.number, undefined, 1)[0]?.clock ?? 0
  }

  #countUnread(): number {
    return this.#context.store.countEvents(this.#record.number, this.#record.readUpTo, this.own.number)
  }
}

function comparePositions(a: Position, b: Position): number {
  return Math.sign(a.clock - b.clock) || compareBytes(a.id, b.id)
}

/** Refuses an id that names no message of the conversation. */
export function requireMessage(conversation: Conversation, id: MessageId): void {
  if (!conversation.has(id)) throw chatError('unknown-message')
}
