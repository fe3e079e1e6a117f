import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EventRow, StoreRemains } from '../core/ports/store.ts'
import { recordKinds } from '../core/ports/store.ts'
import type { Disposable } from '../shared/disposable.ts'
import { pageBytes } from './openDatabase.ts'
import { sqliteModule } from './sqliteModule.ts'
import { openSqliteStore } from './sqliteStore.ts'
import { parseEventRow, parseRecordRow } from './storedRows.ts'

type SealedRecord = ReturnType<typeof parseRecordRow>

/** Rows that are asked for at once, as long as nothing is wrong with them. */
const chunkRows = 1024
/** No row takes less. */
const minRowBytes = 64
const idBits = 128n
/** What is still not found by then is left to those who have it. */
const maxFailures = 4_000

/**
 * What can be read of a damaged store: everything that SQLite still finds, one by one where it has to be. The store
 * itself is not touched: it is read from a copy, whose first page is put right. The caller disposes it.
 */
export function openStoreRemains(path: string): StoreRemains & Disposable {
  const copy = `${path}.reading`
  removeCopy(copy)
  const database = tryOpen(path, copy, false) ?? tryOpen(path, copy, true)
  const reader = database && new TableReader(database)
  return {
    *readRecords() {
      if (reader === undefined) return
      for (const kind of recordKinds) {
        reader.refresh()
        for (const record of reader.readKind(kind, 0n, 1n << idBits)) yield { kind, ...record }
      }
    },
    *readEvents() {
      if (reader === undefined) return
      reader.refresh()
      const lastRow = Math.ceil((sizeOf(copy) + sizeOf(`${copy}-wal`)) / minRowBytes)
      for (let from = 1; from <= lastRow; from += chunkRows) yield* reader.readRows(from, from + chunkRows - 1)
    },
    dispose() {
      database?.close()
      removeCopy(copy)
    },
  }
}

/** `undefined` when not even the tables are found. */
function tryOpen(path: string, copy: string, withNewSchema: boolean): DatabaseSync | undefined {
  removeCopy(copy)
  if (sizeOf(path) < 2 * pageBytes) return undefined
  copyFileSync(path, copy)
  if (existsSync(`${path}-wal`) && !withNewSchema) copyFileSync(`${path}-wal`, `${copy}-wal`)
  mendFirstPage(copy, withNewSchema)
  let database: DatabaseSync | undefined
  try {
    database = new (sqliteModule().DatabaseSync)(copy)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA trusted_schema = OFF')
    database.prepare('SELECT id, sealed FROM record WHERE kind = ? AND id >= ? AND id < ?')
    database.prepare('SELECT log, seq, conversation, clock, id, sealed FROM event')
    return database
  } catch {
    database?.close()
    return undefined
  }
}

/**
 * Puts what is the same in every store into the first page: its header without the counters or, where that does not
 * help, all of it, as a new store has it.
 */
function mendFirstPage(copy: string, withNewSchema: boolean): void {
  const model = `${copy}.model`
  openSqliteStore(model).close()
  const page = readFileSync(model).subarray(0, pageBytes)
  rmSync(model, { force: true })
  const pages = Math.floor(sizeOf(copy) / pageBytes)
  truncateSync(copy, pages * pageBytes)
  const file = openSync(copy, 'r+')
  try {
    if (withNewSchema) {
      // How many pages there are, and that none of them is free.
      page.writeUInt32BE(pages, 28)
      page.copy(page, 92, 24, 28)
      page.fill(0, 32, 40)
      writeSync(file, page, 0, pageBytes, 0)
    } else {
      writeSync(file, page, 0, 24, 0)
      writeSync(file, page, 44, 4, 44)
      writeSync(file, page, 56, 16, 56)
    }
  } finally {
    closeSync(file)
  }
}

/** Reads a table by ranges; one that cannot be read is halved, until that has failed too often. */
class TableReader {
  readonly #rows: StatementSync
  readonly #records: StatementSync
  #failuresLeft = maxFailures

  constructor(database: DatabaseSync) {
    // What each of them is, its seal knows.
    this.#rows = database.prepare(
      'SELECT log, seq, conversation, clock, id, sealed, 2 AS part FROM event WHERE rowid BETWEEN ? AND ? ORDER BY rowid',
    )
    this.#records = database.prepare('SELECT id, sealed FROM record WHERE kind = ? AND id >= ? AND id < ?')
  }

  *readKind(kind: string, from: bigint, to: bigint): Iterable<SealedRecord> {
    const end = to >> idBits > 0n ? Buffer.alloc(Number(idBits / 8n) + 1, 0xff) : idOf(to)
    const rows = this.#try(() => this.#records.all(kind, idOf(from), end))
    if (rows !== undefined) {
      for (const row of rows) yield* parsed(() => parseRecordRow(row))
      return
    }
    if (to - from <= 1n || this.#failuresLeft <= 0) return
    const middle = (from + to) >> 1n
    yield* this.readKind(kind, from, middle)
    yield* this.readKind(kind, middle, to)
  }

  *readRows(from: number, to: number): Iterable<EventRow> {
    const rows = this.#try(() => this.#rows.all(from, to))
    if (rows !== undefined) {
      for (const row of rows) yield* parsed(() => parseEventRow(row))
      return
    }
    if (from >= to || this.#failuresLeft <= 0) return
    const middle = Math.floor((from + to) / 2)
    yield* this.readRows(from, middle)
    yield* this.readRows(middle + 1, to)
  }

  /** More failures are allowed for another table. */
  refresh(): void {
    this.#failuresLeft = maxFailures
  }

  #try<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch {
      this.#failuresLeft--
      return undefined
    }
  }
}

/** The row, or nothing where it is not of its table's form. */
function parsed<T>(parse: () => T): readonly T[] {
  try {
    return [parse()]
  } catch {
    return []
  }
}

function removeCopy(copy: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.model']) rmSync(`${copy}${suffix}`, { force: true })
}

const idOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(Number(idBits / 4n), '0'), 'hex')

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
