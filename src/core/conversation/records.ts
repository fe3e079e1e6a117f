/** What is kept of a conversation besides its events: three kinds of sealed records. */
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { epochIdBytes, maxCounter } from '../event/event.ts'
import type { Ranges } from '../event/ranges.ts'
import { readRanges, writeRanges } from '../event/ranges.ts'
import type { Position } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'

export interface ConversationRecord {
  /** Local number of its rows. */
  readonly number: number
  readonly id: Uint8Array
  /** The other person of a direct conversation; absent for a room. */
  readonly peer?: Uint8Array
  /** The room whose messages these are; absent for a direct conversation. */
  readonly room?: Uint8Array
  /** Makes the tokens under which members name the conversation to each other. 32 bytes. */
  readonly syncSecret: Uint8Array
  readonly createdAt: number
  /** The epoch that new events are sealed in. */
  readonly epoch: Uint8Array
  readonly readUpTo?: Position
  /** How many local notices there are. */
  readonly notices: number
  /** The user deleted it here: it is not shown any more, unless its person or room comes back. */
  readonly isPutAway?: boolean
}

export interface LogRecord {
  readonly number: number
  readonly conversation: Uint8Array
  readonly device: Uint8Array
  readonly person: Uint8Array
  readonly ranges: Ranges
  /** The author wrote two events with one seq. */
  readonly isConflicting: boolean
}

export interface EpochRecord {
  readonly conversation: Uint8Array
  readonly id: Uint8Array
  readonly key: Uint8Array
}

/** What another device says it holds of a log of one's own. */
export interface AckRecord {
  readonly conversation: Uint8Array
  readonly device: Uint8Array
  /** The device that wrote the log; absent in old records: the one that there was then. */
  readonly log?: Uint8Array
  readonly ranges: Ranges
}

export const conversationFormat: RecordFormat<ConversationRecord> = {
  kind: 'conversation',
  write(writer: Writer, record) {
    // Version 1 is a direct conversation, version 2 the messages of a room; 3 and 4 are the same put away.
    writer
      .uint8((record.peer === undefined ? 2 : 1) + (record.isPutAway === true ? 2 : 0))
      .uint(record.number)
      .fixed(record.id)
    writer.fixed(record.peer ?? record.room ?? new Uint8Array(32)).fixed(record.syncSecret)
    writer.uint(record.createdAt).fixed(record.epoch).uint(record.notices)
    writer.optional(record.readUpTo, ({ clock, id }) => writer.uint(clock).fixed(id))
  },
  read(reader: Reader) {
    const version = reader.uint8()
    if (version < 1 || version > 4) reader.fail()
    const number = reader.uint(maxCounter)
    const id = reader.fixed(32)
    const other = reader.fixed(publicKeyBytes)
    const syncSecret = reader.fixed(keyBytes)
    const createdAt = reader.uint(maxCounter)
    const epoch = reader.fixed(epochIdBytes)
    const notices = reader.uint(maxCounter)
    const readUpTo = reader.optional(() => ({ clock: reader.uint(maxCounter), id: reader.fixed(hashBytes) }))
    const whose = version % 2 === 1 ? { peer: other } : { room: other }
    const kept = { number, id, ...whose, syncSecret, createdAt, epoch, notices, ...(readUpTo && { readUpTo }) }
    return version > 2 ? { ...kept, isPutAway: true } : kept
  },
}

export const logFormat: RecordFormat<LogRecord> = {
  kind: 'log',
  write(writer, record) {
    writer.uint8(1).uint(record.number).fixed(record.conversation).fixed(record.device).fixed(record.person)
    writer.boolean(record.isConflicting)
    writeRanges(writer, record.ranges)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    const number = reader.uint(maxCounter)
    const conversation = reader.fixed(32)
    const device = reader.fixed(publicKeyBytes)
    const person = reader.fixed(publicKeyBytes)
    const isConflicting = reader.boolean()
    return { number, conversation, device, person, isConflicting, ranges: readRanges(reader) }
  },
}

export const epochFormat: RecordFormat<EpochRecord> = {
  kind: 'epoch',
  write(writer, record) {
    writer.uint8(1).fixed(record.conversation).fixed(record.id).fixed(record.key)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    return { conversation: reader.fixed(32), id: reader.fixed(epochIdBytes), key: reader.fixed(keyBytes) }
  },
}

export const ackFormat: RecordFormat<AckRecord> = {
  kind: 'ack',
  write(writer, record) {
    writer
      .uint8(record.log === undefined ? 1 : 2)
      .fixed(record.conversation)
      .fixed(record.device)
    if (record.log !== undefined) writer.fixed(record.log)
    writeRanges(writer, record.ranges)
  },
  read(reader) {
    const version = reader.uint8()
    if (version !== 1 && version !== 2) reader.fail()
    const conversation = reader.fixed(32)
    const device = reader.fixed(publicKeyBytes)
    const log = version === 2 ? reader.fixed(publicKeyBytes) : undefined
    return { conversation, device, ranges: readRanges(reader), ...(log && { log }) }
  },
}
