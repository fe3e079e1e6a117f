import type { Message } from '../../shared/service.ts'
import { maxCounter } from '../event/event.ts'
import type { Ranges } from '../event/ranges.ts'
import { emptyRanges, missingFrom } from '../event/ranges.ts'
import type { EventRow, Position, Store } from '../ports/store.ts'
import type { DeviceLog } from './deviceLog.ts'
import { isLine } from '../ports/store.ts'
import type { LogBook } from './logBook.ts'
import { comparePositions } from './messageId.ts'
import type { RoomTie } from './roomTie.ts'

/** What history is read from. */
export interface HistorySource {
  readonly store: Store
  /** Local number of the conversation. */
  readonly number: number
  readonly book: LogBook
  readonly read: (row: EventRow) => Message
}

/** The newest `limit` messages before `before`, oldest first. In a room: without what does not count, and with its lines. */
export function readPage(
  source: HistorySource,
  tie: RoomTie | undefined,
  before: Position | undefined,
  limit: number,
): { messages: Message[]; hasMore: boolean } {
  const rows = newestRows(source, tie, before, limit + 1).map(source.read)
  const lines = tie?.lines(before, limit + 1) ?? []
  const all = lines.length === 0 ? rows : [...rows, ...lines].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { messages: all.slice(-limit), hasMore: all.length > limit }
}

/** The message at a place; `undefined` where none is, or none that counts. */
export function readOne(source: HistorySource, tie: RoomTie | undefined, at: Position): Message | undefined {
  const row = source.store.findEvent(source.number, at)
  return row && readRow(source, tie, row)
}

/** The message of a row; `undefined` where it does not count. */
export function readRow(source: HistorySource, tie: RoomTie | undefined, row: EventRow): Message | undefined {
  return isLine(row) && (tie === undefined || counts(tie, source.book, row)) ? source.read(row) : undefined
}

/** The oldest `limit` messages after `after`, oldest first; otherwise as `readPage`. */
export function readPageAfter(
  source: HistorySource,
  tie: RoomTie | undefined,
  after: Position,
  limit: number,
): { messages: Message[]; hasMore: boolean } {
  const rows = oldestRows(source, tie, after, limit + 1).map(source.read)
  const lines = tie?.linesAfter(after, limit + 1) ?? []
  const all = lines.length === 0 ? rows : [...rows, ...lines].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { messages: all.slice(0, limit), hasMore: all.length > limit }
}

function newestRows(
  { store, number, book }: HistorySource,
  tie: RoomTie | undefined,
  before: Position | undefined,
  limit: number,
): EventRow[] {
  let rows: EventRow[] = []
  for (let at = before; ;) {
    const chunk = store.readLines(number, at, limit)
    rows = [...(tie === undefined ? chunk : chunk.filter((row) => counts(tie, book, row))), ...rows]
    at = chunk[0]
    if (rows.length >= limit || chunk.length < limit) return rows.slice(-limit)
  }
}

function oldestRows(
  { store, number, book }: HistorySource,
  tie: RoomTie | undefined,
  after: Position,
  limit: number,
): EventRow[] {
  const rows: EventRow[] = []
  for (let at = after; ;) {
    const chunk = store.readLinesAfter(number, at, limit)
    rows.push(...(tie === undefined ? chunk : chunk.filter((row) => counts(tie, book, row))))
    const last = chunk.at(-1)
    if (rows.length >= limit || chunk.length < limit || last === undefined) return rows.slice(0, limit)
    at = last
  }
}

/** How many messages of others come after `after` and up to a clock, without what does not count. */
export function countUnread(
  { store, number, book }: Pick<HistorySource, 'store' | 'number' | 'book'>,
  tie: RoomTie | undefined,
  after: Position | undefined,
  upToClock: number = maxCounter,
): number {
  const others = [...book.all].filter((log) => !book.isOwn(log))
  const uncountedOf = (log: DeviceLog): Ranges =>
    tie === undefined ? emptyRanges : missingFrom(tie.countedOf(log.deviceId), log.ranges)
  const own = [...book.all].filter((log) => book.isOwn(log)).map((log) => log.number)
  let count = store.countEvents(number, after, own, upToClock)
  for (const log of others)
    for (const { from, to } of uncountedOf(log))
      for (let seq = from; seq <= to; seq++) {
        const row = store.getEvent(log.number, seq)
        if (row === undefined || !isLine(row) || row.clock > upToClock) continue
        if (after === undefined || comparePositions(row, after) > 0) count--
      }
  return count
}

/** Notices of this device always count. */
function counts(tie: RoomTie, book: LogBook, { log, seq }: EventRow): boolean {
  const device = book.byNumber.get(log)?.deviceId
  return device === undefined || tie.counts(device, seq)
}
