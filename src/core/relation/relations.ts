import type { MessageId, PersonId } from '../../shared/ids.ts'
import type { UnreadableBody } from '../../shared/service.ts'
import { mentions } from '../body/mentions.ts'
import type { WireBody } from '../body/messageBody.ts'
import { isEqual } from '../codec/bytes.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Epochs } from '../conversation/epochs.ts'
import type { LogBook } from '../conversation/logBook.ts'
import { comparePositions, messageIdOf, positionOf } from '../conversation/messageId.ts'
import type { RoomTie } from '../conversation/roomTie.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { openEvent } from '../event/storedEvent.ts'
import type { EventRow, Position, RelationRow, Store } from '../ports/store.ts'
import type { ConversationRecords } from '../conversation/conversationRecords.ts'
import type { Vault } from '../store/vault.ts'
import { openBody } from './openBody.ts'
import type { Slot } from './relationNames.ts'
import { RelationNames } from './relationNames.ts'
import { relationsOf } from './relationsOf.ts'

/** What relations are read from. */
export interface RelationContext {
  readonly store: Store
  readonly vault: Vault
  readonly records: Pick<ConversationRecords, 'fleeting'>
  /** Of the conversation: local number and id. */
  readonly number: number
  readonly id: Uint8Array
  readonly book: LogBook
  readonly epochs: Epochs
  readonly tie: () => RoomTie | undefined
}

/** Something that was said, and where. */
export interface Said {
  readonly log: DeviceLog
  readonly event: StoredEvent
  readonly body: WireBody | UnreadableBody
}

type Placed = Position & { readonly seq: number }

/** Looked through at a time, and answers of a thread that are counted at most. */
const pageRelations = 64
export const maxCounted = 1_000

/** Which events of a conversation are about which of its messages. */
export class Relations {
  readonly names: RelationNames
  readonly #context: RelationContext

  constructor(context: RelationContext) {
    this.#context = context
    this.names = new RelationNames(context.vault, context.id)
  }

  /** Files an event under what it is about, inside a transaction of the caller. */
  add(log: DeviceLog, event: Placed, body: Said['body']): void {
    const rows = this.#rowsOf(log, event, body)
    if (rows.length > 0) this.#context.store.addRelations(rows)
  }

  /** Takes it out again, inside a transaction of the caller: its content is gone. */
  remove({ log, event, body }: Said): void {
    const rows = this.#rowsOf(log, event, body)
    if (rows.length > 0) this.#context.store.deleteRelations(rows)
  }

  #rowsOf(log: DeviceLog, { clock, id, seq }: Placed, body: Said['body']): RelationRow[] {
    const place = { clock, id, log: log.number, seq }
    const rows = relationsOf(body).map(({ message, slot, isPersonal }): RelationRow => ({
      target: this.names.target(message),
      slot: this.names.slot(slot, isPersonal ? log.personId : undefined),
      ...place,
    }))
    const forConversation = (slot: Slot, person?: PersonId): RelationRow => ({
      target: this.names.conversation,
      slot: this.names.slot(slot, person),
      ...place,
    })
    if (body.kind === 'erase' || body.kind === 'lifetime') rows.push(forConversation(body.kind))
    if (body.kind === 'faded') rows.push(forConversation('faded', log.personId))
    const { personId } = this.#context.book.own
    if (log.personId !== personId && mentions(body, personId)) rows.push(forConversation('mention'))
    return rows
  }

  /** Of each person the newest of each kind that counts, and whether a thread begins with the message. */
  about(message: MessageId): { readonly said: readonly Said[]; readonly isRoot: boolean } {
    const said: Said[] = []
    let isRoot = false
    for (const row of this.#context.store.readRelations(this.names.target(message))) {
      if (isEqual(row.slot, this.names.slot('thread'))) isRoot = true
      else if (!isEqual(row.slot, this.names.slot('reply'))) said.push(...this.#newestOf(row))
    }
    return { said, isRoot }
  }

  /** The newest that counts of what a person says about a message. */
  newest(message: MessageId, slot: Slot, person: PersonId): Said | undefined {
    const target = this.names.target(message)
    const [row] = this.#context.store.readSlot(target, this.names.slot(slot, person), undefined, 1)
    return row && this.#newestOf(row)[0]
  }

  /** The newest `limit` places of a slot before a place, without what does not count, newest first. */
  places(
    message: MessageId,
    slot: Slot,
    person: PersonId | undefined,
    before: Position | undefined,
    limit: number,
  ): RelationRow[] {
    return this.#places(this.names.target(message), this.names.slot(slot, person), before, limit)
  }

  /** The newest `limit` of what is said of the conversation itself. */
  ofAll(slot: 'erase' | 'lifetime' | 'faded', person: PersonId | undefined, limit: number): Said[] {
    const rows = this.#places(this.names.conversation, this.names.slot(slot, person), undefined, limit)
    return rows.flatMap((row) => this.read(row) ?? [])
  }

  /** The messages after a place that mention this person by what they or an edit say, the newest `limit` of them. */
  mentionsAfter(after: Position | undefined, limit: number): MessageId[] {
    const places = this.#places(this.names.conversation, this.names.slot('mention'), undefined, limit)
    const later = after === undefined ? places : places.filter((place) => comparePositions(place, after) > 0)
    return later.flatMap((place) => {
      const said = this.read(place)
      if (said === undefined) return []
      return said.body.kind === 'edit' ? said.body.message : messageIdOf(said.event)
    })
  }

  /** Everything that somebody said about a message and that is no message of its own, also what does not count. */
  *everythingAbout(message: MessageId): Generator<Said> {
    const target = this.names.target(message)
    for (const { slot } of this.#context.store.readRelations(target)) {
      if (isEqual(slot, this.names.slot('thread')) || isEqual(slot, this.names.slot('reply'))) continue
      for (let at: Position | undefined; ;) {
        const rows = this.#context.store.readSlot(target, slot, at, pageRelations)
        for (const row of rows) {
          const said = this.read(row)
          if (said !== undefined) yield said
        }
        at = rows.at(-1)
        if (rows.length < pageRelations) break
      }
    }
  }

  /** What stands at a place; `undefined` where nothing does that can be opened. */
  read({ log, seq }: Pick<EventRow, 'log' | 'seq'>): Said | undefined {
    const row = this.#context.store.getEvent(log, seq)
    return row && this.open(row)
  }

  /** The message at a place; `undefined` where none is that counts. */
  find(message: MessageId): Said | undefined {
    const row = this.#context.store.findEvent(this.#context.number, positionOf(message))
    return row !== undefined && this.#counts(row) ? this.open(row) : undefined
  }

  open(row: EventRow): Said | undefined {
    const log = this.#context.book.byNumber.get(row.log)
    const event = log && openEvent(this.#context.vault, row)
    return event && { log, event, body: openBody(this.#context.epochs, log, event) }
  }

  #newestOf(row: RelationRow): Said[] {
    const [newest] = this.#counts(row) ? [row] : this.#places(row.target, row.slot, row, 1)
    const said = newest && this.read(newest)
    return said === undefined ? [] : [said]
  }

  #places(target: Uint8Array, slot: Uint8Array, before: Position | undefined, limit: number): RelationRow[] {
    const found: RelationRow[] = []
    const page = Math.max(pageRelations, limit)
    for (let at = before; ;) {
      const rows = this.#context.store.readSlot(target, slot, at, page)
      found.push(...rows.filter((row) => this.#counts(row)))
      at = rows.at(-1)
      if (found.length >= limit || rows.length < page) return found.slice(0, limit)
    }
  }

  #counts({ log, seq }: Pick<EventRow, 'log' | 'seq'>): boolean {
    const author = this.#context.book.byNumber.get(log)
    return author !== undefined && this.#context.tie()?.counts(author.deviceId, seq) !== false
  }
}

/** The message that an event is. */
export const messageOf = ({ event }: Said): MessageId => messageIdOf(event)
