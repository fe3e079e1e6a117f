/** What a failing disk does to what is kept on it. */
import type { EventRow, RecordKind } from '../../../src/core/ports/store.ts'
import type { MemoryDisk } from '../../doubles/memoryStore.ts'

/** Changes the row of an event on disk, wherever it is kept. */
export function changeRow(
  disk: MemoryDisk,
  isIt: (row: EventRow) => boolean,
  change: (row: EventRow) => EventRow,
): void {
  for (const [log, rows] of disk.logs)
    for (const [seq, row] of rows) {
      if (!isIt(row)) continue
      const changed = change(row)
      disk.logs.get(log)?.set(seq, changed)
      const list = disk.conversations.get(row.conversation) ?? []
      disk.conversations.set(
        row.conversation,
        list.map((entry) => (entry.event === row ? { event: changed } : entry)),
      )
      return
    }
  throw new Error('There is no such row')
}

/** The bytes with one bit flipped, at this place or where it comes round to. */
export const flip = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 1 : byte))

/** Damages the first record of a kind. */
export function flipRecord(disk: MemoryDisk, kind: RecordKind): void {
  const records = disk.records.get(kind)
  const [first] = records ?? []
  if (records === undefined || first === undefined) throw new Error(`There is no ${kind} record`)
  const [key, { id, sealed }] = first
  records.set(key, { id, sealed: flip(sealed, 30) })
}
