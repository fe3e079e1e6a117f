import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/** Names the folder in which a whole test run keeps what its processes count, plant and log; unset outside of one. */
export const recordVariable = 'TINCAN_TEST_RECORD'

/** What is kept: `tally` and `planted` are JSON lines, `logs` are the words of the product. */
export const recordKinds = ['tally', 'planted', 'logs'] as const
export type RecordKind = (typeof recordKinds)[number]

const own = `${String(process.pid)}-${randomUUID()}`

/** Adds to this process's part of the record. Outside of a whole run nothing is kept. */
export function addToRecord(kind: RecordKind, text: string): void {
  const folder = process.env[recordVariable]
  if (folder === undefined || text === '') return
  mkdirSync(path.join(folder, kind), { recursive: true })
  appendFileSync(path.join(folder, kind, own), text)
}

/** Runs `work` when this process ends by itself. */
export function atEnd(work: () => void): void {
  process.once('exit', work)
}
