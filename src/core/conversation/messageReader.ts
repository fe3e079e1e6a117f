import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Message, MessageBody, UnreadableBody } from '../../shared/service.ts'
import { isAbout } from '../body/aboutBody.ts'
import { withoutKeys } from '../body/fileBody.ts'
import { mentions } from '../body/mentions.ts'
import type { WireBody } from '../body/messageBody.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { openEvent } from '../event/storedEvent.ts'
import type { EventRow } from '../ports/store.ts'
import { openBody } from '../relation/openBody.ts'
import type { FleetingBook } from '../fleeting/fleetingBook.ts'
import type { About } from '../relation/about.ts'
import type { Vault } from '../store/vault.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'
import type { LogBook } from './logBook.ts'
import { messageIdOf } from './messageId.ts'
import { decodeNotice } from './noticeBody.ts'

const received = { state: 'received' } as const

/** What messages are read with. */
export interface ReaderInit {
  readonly context: Pick<ConversationContext, 'vault' | 'records'>
  /** Of the conversation's rows. */
  readonly number: number
  readonly epochs: Epochs
  readonly book: LogBook
  readonly about: () => About
}

/**
 * Turns rows into messages: unseals, decrypts and decodes, and adds what was said about them. Whatever cannot be read is
 * still shown, as unreadable.
 */
export class MessageReader {
  readonly #vault: Vault
  readonly #epochs: Epochs
  readonly #own: DeviceLog
  readonly #logs: ReadonlyMap<number, DeviceLog>
  readonly #about: () => About
  readonly #fleeting: FleetingBook
  readonly #number: number

  constructor({ context, number, epochs, book, about }: ReaderInit) {
    this.#vault = context.vault
    this.#epochs = epochs
    this.#own = book.own
    this.#logs = book.byNumber
    this.#about = about
    this.#fleeting = context.records.fleeting
    this.#number = number
  }

  read(row: EventRow): Message {
    const log = this.#logs.get(row.log)
    if (log === undefined) return this.#readNotice(row)
    const event = openEvent(this.#vault, row)
    return event === undefined ? this.#damaged(row, log.personId, log.deviceId) : this.readEvent(log, event)
  }

  /**
   * `body`: what the event says, where that is at hand and need not be decrypted. `isNewest`: it comes after all that
   * is here.
   */
  readEvent(log: DeviceLog, event: StoredEvent, body?: WireBody | UnreadableBody, isNewest = false): Message {
    const message = this.#about().projection.complete(this.readWritten(log, event, body), isNewest)
    const isOwn = log.personId === this.#own.personId
    return !isOwn && mentions(message.body, this.#own.personId) ? { ...message, mentionsSelf: true } : message
  }

  /** The message as it was written, without what was said about it since. */
  readWritten(
    log: DeviceLog,
    event: StoredEvent,
    body: WireBody | UnreadableBody = openBody(this.#epochs, log, event),
  ): Message {
    const isOwn = log.personId === this.#own.personId
    const standing = isOwn ? log.delivery.standingOf(event.seq) : received
    return {
      id: messageIdOf(event),
      author: log.personId,
      device: log.deviceId,
      seq: event.seq,
      clock: event.clock,
      sentAt: event.sentAt,
      ...(event.isDoubtful && { sentAtDoubtful: true as const }),
      body: asShown(body),
      ...this.#fadesAt(log, event, body),
      ...standing,
    }
  }

  #fadesAt(log: DeviceLog, { seq }: StoredEvent, body: WireBody | UnreadableBody): Pick<Message, 'fadesAt'> {
    if (!('lifetimeMs' in body) || body.kind === 'lifetime') return {}
    const { begunAt, lifetimeMs } = this.#fleeting.get(this.#number, { log: log.number, seq }) ?? {}
    return begunAt === undefined || lifetimeMs === undefined ? {} : { fadesAt: begunAt + lifetimeMs }
  }

  #readNotice(row: EventRow): Message {
    const plaintext = this.#vault.openRow(row.log, row.seq, row.clock, row.sealed)
    const notice = plaintext && decodeNotice(plaintext, row.id)
    if (notice === undefined) return this.#damaged(row, this.#own.personId, this.#own.deviceId)
    return { ...this.#damaged(row, this.#own.personId, this.#own.deviceId), sentAt: notice.at, body: notice.body }
  }

  #damaged(row: EventRow, author: PersonId, device: DeviceId): Message {
    return {
      id: messageIdOf(row),
      author,
      device,
      seq: row.seq,
      clock: row.clock,
      sentAt: 0,
      body: { kind: 'unreadable', why: 'damaged' },
      state: 'received',
    }
  }
}

function asShown(body: WireBody | UnreadableBody): MessageBody {
  if (isAbout(body)) return { kind: 'unreadable', why: 'damaged' }
  if (body.kind === 'file') return withoutKeys(body)
  return body.kind === 'lifetime' ? { kind: 'room', change: 'lifetime', lifetimeMs: body.lifetimeMs } : body
}
