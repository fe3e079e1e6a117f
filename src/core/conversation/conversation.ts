import type { ConversationId, DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message, NoticeBody } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { toHex } from '../codec/bytes.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Durability, EventRow } from '../ports/store.ts'
import { About } from '../relation/about.ts'
import { Backfill } from './backfill.ts'
import { ConversationEvents } from './conversationEvents.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'
import { LogBook } from './logBook.ts'
import { KeptRecord } from './keptRecord.ts'
import { Hiding } from './hiding.ts'
import { MessageDeeds } from './messageDeeds.ts'
import { messageIdOf } from './messageId.ts'
import { MessageCache } from './messageCache.ts'
import { MessageReader } from './messageReader.ts'
import { addNotice } from './notices.ts'
import { OwnMessages } from './ownMessages.ts'
import type { ConversationRecord } from './records.ts'
import type { RoomTie } from './roomTie.ts'
import { readRunDown } from './runReader.ts'
import { SendQueue, type Sent } from './sendQueue.ts'
import { type StoredRun, storeRun } from './storeRun.ts'
import type { AnnouncedFrom } from './announcements.ts'
import type { SyncedLogs } from './syncedLogs.ts'
import { Timeline } from './timeline.ts'
import { Unread } from './unread.ts'

/** When more than this many messages come or change at once, listeners hear of the newest and that the conversation changed. */
export const maxAnnounced = 1_000

/** One conversation: its logs, its keys, and the order of its messages. */
export class Conversation extends ConversationEvents implements SyncedLogs {
  readonly id: ConversationId
  readonly epochs: Epochs
  readonly timeline: Timeline
  /** How many messages of others are unread. */
  readonly unread: Unread
  /** What messages say about others. */
  readonly about: About
  /** What this person can do with its messages. */
  readonly deeds = new MessageDeeds(this)
  readonly hiding: Hiding
  readonly #context: ConversationContext
  readonly #book: LogBook
  readonly #sends: SendQueue
  readonly #reader: MessageReader
  readonly #cache = new MessageCache()
  readonly #ownMessages: OwnMessages
  readonly #backfill = new Backfill(maxAnnounced)
  readonly #kept: KeptRecord
  #tie: RoomTie | undefined

  constructor(
    context: ConversationContext,
    record: ConversationRecord,
    epochs: Epochs,
    logs: readonly DeviceLog[],
    own: DeviceLog,
  ) {
    super()
    this.#context = context
    this.#kept = new KeptRecord(context, record)
    this.epochs = epochs
    this.id = toHex(record.id) as ConversationId
    this.#book = new LogBook(context, record, logs, own)
    const inBook = { context, number: record.number, book: this.#book }
    this.#reader = new MessageReader({ ...inBook, epochs, about: () => this.about })
    const tie = (): RoomTie | undefined => this.#tie
    this.about = new About({ ...context, ...inBook, id: record.id, epochs, tie }, ({ log, event, body }) =>
      this.#reader.readWritten(log, event, body),
    )
    this.hiding = new Hiding(context, record.number, this.#book, this.about)
    const parts = { id: record.id, book: this.#book, reader: this.#reader, cache: this.#cache, clock: context.clock }
    const tell = { acknowledged: this.acknowledged, changed: this.told.changeMessages, touched: this.told.change }
    this.#ownMessages = new OwnMessages({ ...parts, ...tell, maxTold: maxAnnounced })
    this.#sends = new SendQueue({
      ...inBook,
      epochs,
      prepare: () => this.#tie?.prepare(),
      epoch: () => this.#tie?.epoch ?? this.record.epoch,
      sorter: this.about.sorter,
      announce: (written, touched) => {
        this.told.announce(this.#announced, { log: own, ...written, touched })
      },
      restore: this.#restore,
    })
    const source = { ...inBook, store: context.store, read: (row: EventRow): Message => this.#reader.read(row) }
    this.timeline = new Timeline(source, this.#cache, tie)
    this.unread = new Unread(source, tie, () => this.record.readUpTo, this)
    for (const log of this.isSelf ? this.logs : []) log.delivery.isAlone = true
  }

  get record(): ConversationRecord {
    return this.#kept.value
  }
  /** The other person of a direct conversation; `undefined` for a room. */
  get peer(): PersonId | undefined {
    return this.record.peer && (toHex(this.record.peer) as PersonId)
  }
  /** The conversation with oneself. */
  get isSelf(): boolean {
    return this.peer === this.own.personId
  }
  get syncSecret(): Uint8Array {
    return this.record.syncSecret
  }
  /** How many events others are known to hold that are not here yet. */
  get missing(): number {
    return this.#backfill.missing
  }
  get readUpTo(): MessageId | undefined {
    return this.record.readUpTo && messageIdOf(this.record.readUpTo)
  }
  /** The log that this device writes. */
  get own(): DeviceLog {
    return this.#book.own
  }
  get logs(): Iterable<DeviceLog> {
    return this.#book.all
  }

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
    this.#reconsider()
  }

  /** Makes sure that a member's device has a log, inside a transaction of the caller. */
  addLog(device: Uint8Array, person: Uint8Array): void {
    const added = this.#book.add(device, person)
    if (added !== undefined)
      this.#context.clock.defer(() => {
        this.addedLog.fire(added)
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
  send(body: WireBody, onWritten?: (event: StoredEvent) => void): Promise<Sent> {
    return this.#sends.send(this.about.lifetime.stamp(body), onWritten)
  }

  async ingest(run: Run, source: object): Promise<StoredRun['kind']> {
    // Shown as soon as it is written: who sent it still has it, until this device has flushed it and says so.
    const result = await this.#commit(() => {
      const stored = storeRun(this.#book, run, Math.max(0, this.#context.clock.now()), this.about.sorter)
      if (stored.kind === 'conflicting' && this.#book.flag(stored.log))
        this.writeNotice('conflicting-history', stored.log.personId)
      return stored
    }, 'written')
    if (result.kind === 'stored') this.told.announce(this.#announced, { ...result, source })
    // In a room, the log of a newcomer may come before the word that it belongs.
    return result.kind === 'unknown' && this.#tie === undefined ? 'refused' : result.kind
  }

  /** Everything up to `id` counts as read. Never moves backwards. */
  async markRead(id: MessageId): Promise<void> {
    if (!this.#kept.isUnread(id)) return
    await this.#commit(() => {
      this.#kept.markRead(id)
    })
    this.#recounted()
  }

  /** Everything of others from this message on counts as unread. */
  async markUnread(from: MessageId): Promise<void> {
    await this.#commit(() => {
      this.#kept.markUnread(from)
    })
    this.#recounted()
  }

  #recounted(): void {
    this.#cache.clear()
    this.unread.recount()
    this.told.change.fire()
  }

  /** Does something in a transaction that makes these messages others than they were. */
  async change(work: () => readonly MessageId[]): Promise<void> {
    const touched = await this.#commit(work)
    this.#recounted()
    this.told.retell(this.#announced, touched)
  }

  /** The same with something that takes messages away from this device. */
  async takeAway(messages: readonly MessageId[], work: () => readonly MessageId[]): Promise<void> {
    const before = messages.flatMap((id) => this.timeline.get(id) ?? [])
    await this.change(work)
    this.told.remove.fire(before)
  }

  /** Writes a line for this device's own user. */
  async addNotice(notice: NoticeBody['notice'], person: PersonId): Promise<void> {
    await this.#commit(() => {
      this.writeNotice(notice, person)
    })
    this.told.change.fire()
  }

  /** The same inside a transaction of the caller. It is announced once that is on disk. */
  writeNotice(notice: NoticeBody['notice'], person: PersonId): void {
    const row = addNotice(this.#context, this.#book, this.record, notice, person)
    this.#kept.put({ notices: row.seq })
    this.#cache.added(messageIdOf(row))
    this.#context.clock.defer(() => {
      if (this.record.notices >= row.seq) this.told.add.fire([this.#reader.read(row)])
    })
  }

  /** Changes the secret, the epoch, what counts as read, or puts it away, inside a transaction of the caller. */
  rekey(changes: Partial<Pick<ConversationRecord, 'syncSecret' | 'epoch' | 'readUpTo' | 'isPutAway'>>): void {
    this.#kept.put(changes)
  }

  readRun(log: DeviceLog, from: number, to: number): Run | undefined {
    return readRunDown(this.#context.store, this.#context.vault, log, from, to)
  }

  readonly isOwn = (log: DeviceLog): boolean => this.#book.isOwn(log)
  readonly isFollowed = this.isOwn
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void {
    this.#ownMessages.acknowledge(log, device, person, claimed)
  }
  withdraw(link: object): void {
    this.#ownMessages.withdraw(link)
    this.setMissing(link, 0)
  }

  setMissing(link: object, count: number): void {
    if (this.#backfill.set(link, count)) this.told.change.fire()
  }

  /** What counts in the room is not what it was: shows it as it is now, with these lines, and those that read otherwise. */
  recount(lines: readonly Message[], changed: readonly Message[]): void {
    this.#recounted()
    this.told.tellLines(lines, changed)
    this.#reconsider()
  }

  /** What the room says now may open bodies, and take others away. */
  #reconsider(): void {
    // The committer has logged what fails; the next change of the room, or the next start, tries again.
    if (this.about.isOpen) this.change(() => this.about.reconsider()).catch(() => undefined)
  }

  /** Tells listeners that presence or a name changed. */
  touch(): void {
    this.told.change.fire()
  }

  get #announced(): AnnouncedFrom {
    const { timeline, unread } = this
    const [book, reader, cache, backfill] = [this.#book, this.#reader, this.#cache, this.#backfill]
    return { book, reader, cache, backfill, timeline, unread, tie: this.#tie }
  }

  /** One piece of work for the next transaction; memory is read anew where the disk refuses. */
  #commit<T>(apply: () => T, durability?: Durability): Promise<T> {
    return this.#context.committer.run(apply, this.#restore, durability)
  }

  /** Reads memory anew from the store after a transaction failed. */
  readonly #restore = (): void => {
    this.#kept.restore()
    this.#book.restore()
    this.about.restore()
    this.#cache.clear()
    this.unread.recount()
  }
}
