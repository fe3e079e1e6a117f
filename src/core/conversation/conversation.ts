import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message, NoticeBody, SendBody } from '../../shared/service.ts'
import { toHex } from '../codec/bytes.ts'
import type { Ranges } from '../event/ranges.ts'
import { topSeq } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { EventRow } from '../ports/store.ts'
import { Backfill } from './backfill.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'
import { LogBook } from './logBook.ts'
import { comparePositions, messageIdOf, positionOf } from './messageId.ts'
import { MessageCache } from './messageCache.ts'
import { MessageReader } from './messageReader.ts'
import { addNotice } from './notices.ts'
import { OwnMessages } from './ownMessages.ts'
import type { AckRecord, ConversationRecord } from './records.ts'
import type { RoomTie } from './roomTie.ts'
import { readRunDown } from './runReader.ts'
import { SendQueue } from './sendQueue.ts'
import { type StoredRun, storeRun } from './storeRun.ts'
import type { Appended } from './appended.ts'
import type { SyncedLogs } from './syncedLogs.ts'
import { Timeline } from './timeline.ts'
import { Unread } from './unread.ts'

/** When more than this many messages come or change at once, listeners hear of the newest and that the conversation changed. */
export const maxAnnounced = 1_000
/** The newest page of a long backfill is told message by message. */
const maxAnnouncedPage = 200

/** One conversation: its logs, its keys, and the order of its messages. */
export class Conversation implements SyncedLogs {
  readonly id: ConversationId
  readonly epochs: Epochs
  readonly timeline: Timeline
  /** How many messages of others are unread. */
  readonly unread: Unread
  readonly #context: ConversationContext
  readonly #book: LogBook
  readonly #sends: SendQueue
  readonly #reader: MessageReader
  readonly #cache = new MessageCache()
  readonly #ownMessages: OwnMessages
  readonly #backfill = new Backfill(maxAnnounced)
  readonly #onDidAppend = new Emitter<Appended>()
  readonly #onDidAddLog = new Emitter<DeviceLog>()
  readonly #onDidAdd = new Emitter<readonly Message[]>()
  readonly #onDidChangeMessages = new Emitter<readonly Message[]>()
  readonly #onDidChange = new Emitter<void>()
  readonly #onDidAcknowledge = new Emitter<AckRecord>()
  #record: ConversationRecord
  #tie: RoomTie | undefined

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
    this.#ownMessages = new OwnMessages({
      id: record.id,
      book: this.#book,
      reader: this.#reader,
      cache: this.#cache,
      maxTold: maxAnnounced,
      acknowledged: this.#onDidAcknowledge,
      changed: this.#onDidChangeMessages,
      touched: this.#onDidChange,
    })
    this.#sends = new SendQueue({
      context,
      book: this.#book,
      epochs,
      prepare: () => this.#tie?.prepare(),
      epoch: () => this.#tie?.epoch ?? this.#record.epoch,
      announce: (events, bodies) => this.#announce(own, events, undefined, bodies),
      restore: this.#restore,
    })
    const read = (row: EventRow): Message => this.#reader.read(row)
    const source = { store: context.store, number: record.number, book: this.#book, read }
    const tie = (): RoomTie | undefined => this.#tie
    this.timeline = new Timeline(source, this.#cache, tie)
    this.unread = new Unread(source, tie, () => this.#record.readUpTo)
  }

  get record(): ConversationRecord {
    return this.#record
  }
  /** The other person of a direct conversation; `undefined` for a room. */
  get peer(): PersonId | undefined {
    return this.#record.peer && (toHex(this.#record.peer) as PersonId)
  }
  get syncSecret(): Uint8Array {
    return this.#record.syncSecret
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
  /** A log came to belong to it. */
  readonly onDidAddLog: Event<DeviceLog> = this.#onDidAddLog.event
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

  admit(device: DeviceId): DeviceLog | undefined {
    return this.log(device)
  }
  floorOf(device: DeviceId): number {
    return this.#tie?.floorOf(device) ?? 0
  }

  /** Makes these the messages of a room, before anything is asked of them. */
  tie(room: RoomTie): void {
    this.#tie = room
    for (const log of this.logs) log.delivery.others = () => room.others
    this.unread.recount()
  }

  /** Makes sure that a member's device has a log, inside a transaction of the caller. */
  addLog(device: Uint8Array, person: Uint8Array): void {
    const added = this.#book.add(device, person)
    if (added !== undefined)
      this.#context.clock.defer(() => {
        this.#onDidAddLog.fire(added)
      })
  }

  /** The largest clock seen: what is written comes after it. */
  get clock(): number {
    return this.#book.clock
  }
  raiseClock(clock: number): void {
    this.#book.raise(clock)
  }

  /**
   * Writes a message, and runs `onWritten` in the same transaction. Resolves when both are on disk; rejects with
   * `store-failed`, and in a room when nothing can be written there.
   */
  send(body: SendBody, onWritten?: (event: StoredEvent) => void): Promise<Message> {
    return this.#sends.send(body, onWritten)
  }

  async ingest(run: Run, source: object): Promise<StoredRun['kind']> {
    const result = await this.#commit(() => {
      const stored = storeRun(this.#book, run, Math.max(0, this.#context.clock.now()))
      if (stored.kind === 'conflicting' && this.#book.flag(stored.log))
        this.writeNotice('conflicting-history', stored.log.personId)
      return stored
    })
    if (result.kind === 'stored') this.#announce(result.log, result.events, source)
    // In a room, the log of a newcomer may come before the word that it belongs.
    return result.kind === 'unknown' && this.#tie === undefined ? 'refused' : result.kind
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
    this.unread.recount()
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
    const row = addNotice(this.#context, this.#book, this.#record, notice, person)
    this.#put({ notices: row.seq })
    this.#cache.added(messageIdOf(row))
    this.#context.clock.defer(() => {
      if (this.#record.notices >= row.seq) this.#onDidAdd.fire([this.#reader.read(row)])
    })
  }

  /** Changes the shared secret, the current epoch or what counts as read, inside a transaction of the caller. */
  rekey(changes: Partial<Pick<ConversationRecord, 'syncSecret' | 'epoch' | 'readUpTo'>>): void {
    this.#put(changes)
  }

  readRun(log: DeviceLog, from: number, to: number): Run | undefined {
    return readRunDown(this.#context.store, this.#context.vault, log, from, to)
  }

  isOwn(log: DeviceLog): boolean {
    return this.#book.isOwn(log)
  }
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void {
    this.#ownMessages.acknowledge(log, device, person, claimed)
  }
  withdraw(link: object): void {
    this.#ownMessages.withdraw(link)
    this.setMissing(link, 0)
  }

  setMissing(link: object, count: number): void {
    if (this.#backfill.set(link, count)) this.#onDidChange.fire()
  }

  /** What counts in the room is not what it was: shows it as it is now, with these lines. */
  recount(lines: readonly Message[]): void {
    this.#cache.clear()
    this.unread.recount()
    if (lines.length > 0) this.#onDidAdd.fire(lines)
    this.#onDidChange.fire()
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
    const isCounted = ({ seq }: StoredEvent): boolean => this.#tie?.counts(log.deviceId, seq) !== false
    const isNewest = last.seq === topSeq(log.ranges)
    const isTold = isOwn || !this.#backfill.isLong || (isNewest && events.length <= maxAnnouncedPage)
    const messages = isTold
      ? events.flatMap((event, i) => (isCounted(event) ? [this.#reader.readEvent(log, event, bodies[i])] : []))
      : []
    if (!this.isOwn(log)) this.unread.add(events.filter(isCounted), messages)
    if (isOwn) this.#cache.addOwn(messages)
    if (messages.length > 0) this.#onDidAdd.fire(messages)
    this.#onDidChange.fire()
    return messages
  }

  #put(changes: Partial<ConversationRecord>): void {
    this.#record = { ...this.#record, ...changes }
    this.#context.records.put(this.#record)
  }

  /** One piece of work for the next transaction; memory is read anew where the disk refuses. */
  #commit<T>(apply: () => T): Promise<T> {
    return this.#context.committer.run(apply, this.#restore)
  }

  /** Reads memory anew from the store after a transaction failed. */
  readonly #restore = (): void => {
    this.#record = this.#context.records.get(this.#record.id) ?? this.#record
    this.#book.restore()
    this.#cache.clear()
    this.unread.recount()
  }
}
