import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { idBytes, isEqual, toHex } from '../codec/bytes.ts'
import { writeEvents } from '../conversation/author.ts'
import type { ConversationContext } from '../conversation/conversationContext.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Epochs } from '../conversation/epochs.ts'
import { LogBook } from '../conversation/logBook.ts'
import { readRunDown } from '../conversation/runReader.ts'
import type { StoredRun } from '../conversation/storeRun.ts'
import { storeRun } from '../conversation/storeRun.ts'
import type { Appended } from '../conversation/appended.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import type { Ranges } from '../event/ranges.ts'
import { commonRanges, countSeqs } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { openEvent } from '../event/storedEvent.ts'
import type { ControlEvent, EpochId, Operation, OperationId, Statement, Unreadable } from '../room/operation.ts'
import { clearEpoch } from '../room/roomKeys.ts'
import { decodeStatement, encodeStatement } from '../room/statementCodec.ts'
import { keyedHash } from '../crypto/primitives.ts'
import type { RoomRecord } from './roomRecords.ts'

/** The most device logs of a room: those who left keep theirs. */
const maxLogs = 4_096
/** Rows that are read at once at start. */
const chunkRows = 1_000
/** A `rekey` stands in the log as it is. */
const inClear: Pick<Epochs, 'sealBody'> = { sealBody: (_epoch, _nonce, plaintext) => plaintext }
/** Whose log it is follows from what it says. */
const nobody = new Uint8Array(32)

/** The room log of a room: everything that its members said about the room itself. */
export class RoomLog implements SyncedLogs {
  readonly syncSecret: Uint8Array
  readonly onDidAppend: Event<Appended>
  readonly onDidAddLog: Event<DeviceLog>
  /** The same as `onDidAppend`, once every link was handed it: whoever is removed by it still hears of that. */
  readonly onDidSay: Event<Appended>
  /** Another device said that it holds more than it did. */
  readonly onDidConfirm: Event<void>
  /** Everything that a device of this person holds is here. */
  readonly onDidCatchUp: Event<PersonId>
  readonly #context: ConversationContext
  readonly #number: number
  readonly #epochs: Epochs
  readonly #book: LogBook
  readonly #onDidAppend = new Emitter<Appended>()
  readonly #onDidAddLog = new Emitter<DeviceLog>()
  readonly #onDidSay = new Emitter<Appended>()
  readonly #onDidConfirm = new Emitter<void>()
  readonly #onDidCatchUp = new Emitter<PersonId>()
  /** Over which links everything came that is held at the other end, and who that is. */
  readonly #caughtUp = new Map<object, PersonId>()

  constructor(context: ConversationContext, record: RoomRecord, epochs: Epochs, logs: DeviceLog[], own: DeviceLog) {
    this.#context = context
    this.#number = record.number
    this.#epochs = epochs
    this.#book = new LogBook(context, record, logs, own)
    this.syncSecret = keyedHash(record.secret, 'tincan room log token')
    this.onDidAppend = this.#onDidAppend.event
    this.onDidAddLog = this.#onDidAddLog.event
    this.onDidSay = this.#onDidSay.event
    this.onDidConfirm = this.#onDidConfirm.event
    this.onDidCatchUp = this.#onDidCatchUp.event
  }

  /** Local number of its rows. */
  get number(): number {
    return this.#number
  }
  get own(): DeviceLog {
    return this.#book.own
  }
  get logs(): Iterable<DeviceLog> {
    return this.#book.all
  }
  get clock(): number {
    return this.#book.clock
  }

  raiseClock(clock: number): void {
    this.#book.raise(clock)
  }

  log(device: DeviceId): DeviceLog | undefined {
    return this.#book.get(device)
  }

  /** Anybody may be a newcomer: what a log says decides whether it counts. */
  admit(device: DeviceId): DeviceLog | undefined {
    const present = this.#book.get(device)
    if (present !== undefined || [...this.#book.all].length >= maxLogs) return present
    const log = this.#book.take(idBytes(device), nobody)
    this.#onDidAddLog.fire(log)
    return log
  }

  async ingest(run: Run, source: object): Promise<StoredRun['kind']> {
    this.admit(toHex(run.device) as DeviceId)
    const result = await this.#context.committer.run(
      () => {
        const stored = storeRun(this.#book, run, Math.max(0, this.#context.clock.now()))
        if (stored.kind === 'conflicting') this.#book.flag(stored.log)
        return stored
      },
      () => {
        this.restore()
      },
    )
    if (result.kind === 'stored') this.#tell({ log: result.log, events: result.events, source })
    return result.kind
  }

  /**
   * Writes operations one after the other, inside a transaction of the caller, who calls `written` with them once they
   * are on disk. The first comes after `heads`. `epoch`: of the room log's key that they are sealed under.
   */
  write(heads: readonly OperationId[], epoch: EpochId, operations: readonly Operation[], now: number): StoredEvent[] {
    let after = heads
    return operations.map((operation) => {
      const isClear = operation.kind === 'rekey'
      const { random, deviceSecretKey } = this.#context
      const [event] = writeEvents(
        {
          log: this.own,
          deviceSecretKey,
          random,
          now,
          clock: this.#book.clock,
          epochs: isClear ? inClear : this.#epochs,
          epoch: isClear ? clearEpoch : idBytes(epoch),
        },
        [encodeStatement({ after, operation })],
      ) as [StoredEvent]
      this.#book.append(this.own, [event])
      after = [toHex(event.id) as OperationId]
      return event
    })
  }

  /** What `write` wrote is on disk: pushes it. */
  written(events: readonly StoredEvent[]): void {
    if (events.length > 0) this.#tell({ log: this.own, events })
  }

  /** Reads memory anew from the store after a transaction failed. */
  restore(): void {
    this.#book.restore()
  }

  /**
   * Every event held, in no order. Throws `store-damaged` where one is not as it was written, or gone: without it the
   * room would come to something else.
   */
  *readAll(): Generator<ControlEvent> {
    const { store, vault } = this.#context
    let found = 0
    for (let before; ;) {
      const rows = store.readHistory(this.#number, before, chunkRows)
      for (const row of rows) {
        const log = this.#book.byNumber.get(row.log)
        const event = log && openEvent(vault, row)
        if (log === undefined || event === undefined) throw chatError('store-damaged', 'a row of a room')
        found++
        yield this.read(log, event)
      }
      before = rows[0]
      if (before === undefined || rows.length < chunkRows) break
    }
    const held = [...this.logs].reduce((sum, { ranges }) => sum + countSeqs(ranges), 0)
    if (found !== held) throw chatError('store-damaged', 'rows of a room are gone')
  }

  /** An event as replay takes it. */
  read(log: DeviceLog, event: StoredEvent): ControlEvent {
    const { seq, clock, sentAt } = event
    const [id, epoch] = [toHex(event.id) as OperationId, toHex(event.epoch) as EpochId]
    return { id, device: log.deviceId, seq, clock, sentAt, epoch, content: this.#contentOf(log, event) }
  }

  readRun(log: DeviceLog, from: number, to: number): Run | undefined {
    return readRunDown(this.#context.store, this.#context.vault, log, from, to)
  }

  floorOf(): number {
    return 0
  }

  /** What one member says comes after what others said, and means nothing to whoever lacks that. */
  isFollowed(): boolean {
    return true
  }
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void {
    // What was not written yet cannot have arrived, whatever is claimed; of others more may be there than here.
    const ranges = log === this.own ? commonRanges(claimed, log.ranges) : claimed
    const news = log.delivery.acknowledge(device, person, ranges)
    if (news.length > 0) this.#onDidConfirm.fire()
  }
  withdraw(link: object): void {
    for (const log of this.logs) log.delivery.withdraw(link)
    this.#caughtUp.delete(link)
  }
  setMissing(link: object, count: number, person: PersonId): void {
    if (count > 0) this.#caughtUp.delete(link)
    else {
      this.#caughtUp.set(link, person)
      this.#onDidCatchUp.fire(person)
    }
  }

  /** Says once more of whom everything is here: what that comes to may be another now. */
  tellCaughtUp(): void {
    for (const person of new Set(this.#caughtUp.values())) this.#onDidCatchUp.fire(person)
  }

  #tell(appended: Appended): void {
    this.#onDidAppend.fire(appended)
    this.#onDidSay.fire(appended)
  }

  #contentOf(log: DeviceLog, { body, epoch, previous, ...fields }: StoredEvent): Statement | Unreadable {
    if (body.kind === 'erased') return { unreadable: 'erased', after: [] }
    if (isEqual(epoch, clearEpoch)) return decodeStatement(body.bytes, true)
    const plaintext = this.#epochs.openBody(epoch, body.bytes, log.headers.prefix({ ...fields, epoch }, previous))
    if (plaintext === 'key-missing') return { unreadable: plaintext, after: [] }
    return plaintext === 'damaged' ? { unreadable: 'malformed', after: [] } : decodeStatement(plaintext, false)
  }
}
