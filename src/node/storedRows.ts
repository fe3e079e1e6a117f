import type { EventPart, EventRow, LogRow, RelationRow } from '../core/ports/store.ts'
import { eventParts } from '../core/ports/store.ts'
import { chatError } from '../shared/chatError.ts'

/** What `node:sqlite` gives for a row. */
type StoredRow = Readonly<Record<string, unknown>>

/** A row of `record`. Throws `store-damaged` where a column is not what its table says. */
export function parseRecordRow(row: StoredRow): { readonly id: Uint8Array; readonly sealed: Uint8Array } {
  return { id: bytes(row['id']), sealed: bytes(row['sealed']) }
}

/** A row of `event`. Throws `store-damaged` where a column is not what its table says. */
export function parseEventRow(row: StoredRow): EventRow {
  return {
    log: integer(row['log']),
    seq: integer(row['seq']),
    conversation: integer(row['conversation']),
    clock: integer(row['clock']),
    id: bytes(row['id']),
    sealed: bytes(row['sealed']),
    part: part(row['part']),
  }
}

/** A row of `relation`. Throws `store-damaged` where a column is not what its table says. */
export function parseRelationRow(row: StoredRow): RelationRow {
  return {
    target: bytes(row['target']),
    slot: bytes(row['slot']),
    clock: integer(row['clock']),
    id: bytes(row['id']),
    log: integer(row['log']),
    seq: integer(row['seq']),
  }
}

/** A row of `event` read for its log. Throws `store-damaged` where a column is not what its table says. */
export function parseLogRow(row: StoredRow): LogRow {
  return { seq: integer(row['seq']), clock: integer(row['clock']), sealed: bytes(row['sealed']) }
}

function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw chatError('store-damaged', 'a number is wrong')
  return value
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw chatError('store-damaged', 'bytes are wrong')
  return value
}

function part(value: unknown): EventPart {
  const found = eventParts[integer(value)]
  if (found === undefined) throw chatError('store-damaged', 'a part is wrong')
  return found
}
