import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message, NoticeBody, SendBody } from '../../shared/service.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Ranges } from '../event/ranges.ts'
import { commonRanges, countSeqs, newestSeqs, topSeq } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Appended } from './appended.ts'
import { Backfill } from './backfill.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'
import { LogBook } from './logBook.ts'
import { comparePositions, messageIdOf, positionOf } from './messageId.ts'
import { MessageCache } from './messageCache.ts'
import { MessageReader } from './messageReader.ts'
import { encodeNotice } from './noticeBody.ts'
import type { AckRecord, ConversationRecord } from './records.ts'
import { readRunDown } from './runReader.ts'
import { SendQueue } from './sendQueue.ts'
import type { StoredRun } from './storeRun.ts'
import { storeRun } from './storeRun.ts'

/** When more than this many messages come or change at once, listeners hear of the newest and that the conversation changed. */
export const maxAnnounced = 1_000
/** The newest page of a long backfill is told message by message. */
const maxAnnouncedPage = 200

/** One conversation: its logs, its keys, and the order of its messages. */
export class Conversation {
  readonly id: ConversationId
  readonly epochs: Epochs
  readonly #context: ConversationContext
  readonly #book: LogBook
  readonly #sends: SendQueue
  readonly #reader: MessageReader
  readonly #cache = new MessageCache()
  readonly #backfill = new Backfill(maxAnnounced)
  readonly #onDidAppend = new Emitter<Appended>()
  readonly #onDidAdd = new Emitter<readonly Message[]>()
  readonly #onDidChangeMessages = new Emitter<readonly Message[]>()
  readonly #onDidChange = new Emitter<void>()
  readonly #onDidAcknowledge = new Emitter<AckRecord>()
  #record: ConversationRecord
  #unread: number

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
    this.id = toHex(record.id) as ConversationId
    this.#book = new LogBook(context, record, logs, own)
    this.#reader = new MessageReader(context.vault, epochs, own, this.#book.byNumber)
    this.#sends = new SendQueue({
      context,
      book: this.#book,
      epochs,
      epoch: () => this.#record.epoch,
      announce: (events, bodies) => this.#announce(own, events, undefined, bodies),
      restore: () => {
        this.#restore()
      },
    })
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
    return this.#backfill.missing
  }
  get readUpTo(): MessageId | undefined {
    return this.#record.readUpTo && messageIdOf(this.#record.readUpTo)
  }
  /** The log that this device writes. */
  get own(): DeviceLog {
    return this.#book.own
  }
  get logs(): Iterable<DeviceLog> {
    return this.#book.all
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
    return this.#book.get(device)
  }

  /** Makes sure that a member's device has a log, inside a transaction of the caller. */
  addLog(device: Uint8Array, person: Uint8Array): void {
    this.#book.add(device, person)
  }

  /** Writes a message. Resolves when it is on disk; rejects with `store-failed` when it could not be kept. */
  send(body: SendBody): Promise<Message> {
    return this.#sends.send(body)
  }

  /** Stores a run that a link brought, if it is what its author wrote. Rejects only when the disk does. */
  async ingest(run: Run, source: object): Promise<StoredRun['kind']> {
    const result = await this.#commit(() => {
      const stored = storeRun(this.#book, run, Math.max(0, this.#context.clock.now()))
      if (stored.kind === 'conflicting' && this.#book.flag(stored.log))
        this.writeNotice('conflicting-history', stored.log.personId)
      return stored
    })
    if (result.kind === 'stored') this.#announce(result.log, result.events, source)
    return result.kind
  }

  /** The newest `limit` messages before `before`, oldest first. */
  history(before: MessageId | undefined, limit: number): { messages: Message[]; hasMore: boolean } {
    const rows = this.#context.store.readHistory(this.#record.number, before && positionOf(before), limit + 1)
    const page = rows.length > limit ? rows.slice(1) : rows
    return { messages: page.map((row) => this.#reader.read(row)), hasMore: rows.length > limit }
  }

  /** The newest message, or `undefined`. */
  last(): Message | undefined {
    return this.#cache.last(() => this.history(undefined, 1).messages[0])
  }

  has(id: MessageId): boolean {
    return this.#context.store.findEvent(this.#record.number, positionOf(id)) !== undefined
  }

  /** Everything up to `id` counts as read. Never moves backwards. */
  async markRead(id: MessageId): Promise<void> {
    const readUpTo = positionOf(id)
    const isAhead = (): boolean =>
      this.#record.readUpTo === undefined || comparePositions(readUpTo, this.#record.readUpTo) > 0
    if (!isAhead()) return
    await this.#commit(() => {
      // Another marker of the same turn may have come first.
      if (isAhead()) this.#put({ readUpTo })
    })
    this.#unread = this.#countUnread()
    this.#onDidChange.fire()
  }

  /** Writes a line for this device's own user. */
  async addNotice(notice: NoticeBody['notice'], person: PersonId): Promise<void> {
    await this.#commit(() => {
      this.writeNotice(notice, person)
    })
    this.#onDidChange.fire()
  }

  /** The same inside a transaction of the caller. It is announced once that is on disk. */
  writeNotice(notice: NoticeBody['notice'], person: PersonId): void {
    const { vault, store, clock, random } = this.#context
    const log = -this.#record.number
    const seq = this.#record.notices + 1
    const at = this.#book.tick()
    const plaintext = encodeNotice({ kind: 'notice', notice, person }, clock.now())
    const sealed = vault.sealRow(log, seq, at, plaintext)
    const row = { conversation: this.#record.number, log, seq, clock: at, id: random.bytes(32), sealed }
    store.addEvents([row])
    this.#record = { ...this.#record, notices: seq }
    this.#context.records.put(this.#record)
    this.#cache.added(messageIdOf(row))
    clock.defer(() => {
      if (this.#record.notices >= seq) this.#onDidAdd.fire([this.#reader.read(row)])
    })
  }

  /** Changes the shared secret, the current epoch or what counts as read, inside a transaction of the caller. */
  rekey(changes: Partial<Pick<ConversationRecord, 'syncSecret' | 'epoch' | 'readUpTo'>>): void {
    this.#put(changes)
  }

  /** A run of events held, ending at `to`, going down as far as one frame and `from` allow; `undefined` if `to` is not held. */
  readRun(log: DeviceLog, from: number, to: number): Run | undefined {
    return readRunDown(this.#context.store, this.#context.vault, log, from, to)
  }

  /** Whether this person wrote a log, with this device or with one that it took the place of. */
  isOwn(log: DeviceLog): boolean {
    return log.personId === this.own.personId
  }

  /** Another device's word of what it holds of a log of one's own. */
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void {
    // What was not written yet cannot have arrived, whatever is claimed. A former device may have written more than is here.
    const ranges = log === this.own ? commonRanges(claimed, log.ranges) : claimed
    const news = log.delivery.acknowledge(device, person, ranges)
    if (news.length === 0) return
    this.#onDidAcknowledge.fire({ conversation: this.#record.id, device: idBytes(device), log: log.device, ranges })
    this.#announceStates(log, commonRanges(news, log.ranges))
  }

  /** A link closed: what it was handed and nobody confirmed is queued again. */
  withdraw(link: object): void {
    for (const log of this.logs) if (this.isOwn(log)) this.#announceStates(log, log.delivery.withdraw(link))
    this.setMissing(link, 0)
  }

  /** How many events the other end of `link` holds that are not here. */
  setMissing(link: object, count: number): void {
    if (this.#backfill.set(link, count)) this.#onDidChange.fire()
  }

  /** Tells listeners that presence or a name changed. */
  touch(): void {
    this.#onDidChange.fire()
  }

  #announce(
    log: DeviceLog,
    events: readonly StoredEvent[],
    source: object | undefined,
    bodies: readonly SendBody[] = [],
  ): Message[] {
    const last = events.at(-1) as StoredEvent
    this.#cache.added(messageIdOf(last))
    this.#onDidAppend.fire({ log, events, ...(source && { source }) })
    const isOwn = log === this.own
    const marker = this.#record.readUpTo
    if (!this.isOwn(log))
      this.#unread += marker ? events.filter((event) => comparePositions(event, marker) > 0).length : events.length
    const isNewest = last.seq === topSeq(log.ranges)
    const messages =
      isOwn || !this.#backfill.isLong || (isNewest && events.length <= maxAnnouncedPage)
        ? events.map((event, i) => this.#reader.readEvent(log, event, bodies[i]))
        : []
    if (isOwn) this.#cache.addOwn(messages)
    if (messages.length > 0) this.#onDidAdd.fire(messages)
    this.#onDidChange.fire()
    return messages
  }

  #announceStates(log: DeviceLog, ranges: Ranges): void {
    // What is far back is on no screen: reading it again for each step of a long history would cost as much as sending it.
    const recent = log.head.seq - maxAnnounced
    const changed = newestSeqs(ranges, maxAnnounced).flatMap((seq) =>
      seq > recent ? (this.#readOwn(log, seq) ?? []) : [],
    )
    if (changed.length > 0) this.#onDidChangeMessages.fire(changed)
    if (changed.length < countSeqs(ranges)) this.#onDidChange.fire()
  }

  /** One's own message, in the state of now. */
  #readOwn(log: DeviceLog, seq: number): Message | undefined {
    const kept = log === this.own ? this.#cache.own(seq) : undefined
    if (kept !== undefined) return { ...kept, state: log.delivery.stateOf(seq) }
    const event = this.#book.event(log, seq)
    return event && this.#reader.readEvent(log, event)
  }

  #put(changes: Partial<ConversationRecord>): void {
    this.#record = { ...this.#record, ...changes }
    this.#context.records.put(this.#record)
  }

  /** One piece of work for the next transaction; memory is read anew where the disk refuses. */
  #commit<T>(apply: () => T): Promise<T> {
    return this.#context.committer.run(apply, () => {
      this.#restore()
    })
  }

  /** Reads memory anew from the store after a transaction failed. */
  #restore(): void {
    this.#record = this.#context.records.get(this.#record.id) ?? this.#record
    this.#book.restore()
    this.#cache.clear()
    this.#unread = this.#countUnread()
  }

  #countUnread(): number {
    const own = [...this.logs].filter((log) => this.isOwn(log)).map(({ number }) => number)
    return this.#context.store.countEvents(this.#record.number, this.#record.readUpTo, own)
  }
}
