import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type {
  Durability,
  EventPart,
  EventRow,
  LogRow,
  Position,
  RecordKind,
  RelationRow,
  Store,
} from '../core/ports/store.ts'
import { eventParts, recordKinds } from '../core/ports/store.ts'
import { storeFailure } from '../shared/chatError.ts'
import { withStoreErrors } from './asStoreError.ts'
import { type Fence, mayWrite, unfenced } from './fence.ts'
import { fileNumber } from './fileNumber.ts'
import { rollBack } from './migrate.ts'
import { storeMigrations } from './migrations/storeMigrations.ts'
import { isNotEmpty, openDatabase, prepareChecked } from './openDatabase.ts'
import { SqliteRelations } from './sqliteRelations.ts'
import { parseEventRow, parseLogRow, parseRecordRow } from './storedRows.ts'
import { WriteAheadLog } from './writeAheadLog.ts'

/**
 * Opens the store in the file `path`, whose directory exists; creates it where there is none. One process at a time:
 * hold the profile lock, and give it as the fence. Throws `store-damaged` (the file is left as it is), `store-newer`,
 * `store-failed`, or `in-use` where a process that lost the lock is still in the middle of a transaction.
 *
 * Every transaction asks the fence once it holds SQLite's write lock, and fails with `leader-changed` where another
 * process leads. Opening waits for that lock once: what an earlier leader was writing is then wholly there, and whatever
 * it begins later asks the fence after it has fallen. So it writes nothing that this store has not read.
 */
export function openSqliteStore(path: string, fence: Fence = unfenced): Store {
  return withStoreErrors(() => new SqliteStore(path, fence))
}

/** A line, or what may be one. */
const isLine = 'part IN (0, 2)'
const columns = 'log, seq, conversation, clock, id, sealed, part'
/** What a row takes beside its sealed bytes: its columns, and its places in the indexes. */
const rowBytes = 300
/** Where there is nothing before which to read. */
const afterAll: Position = { clock: Number.MAX_SAFE_INTEGER, id: new Uint8Array(0) }

class SqliteStore implements Store {
  readonly #path: string
  readonly #fence: Fence
  readonly #database: DatabaseSync
  readonly #fileNumber: bigint | undefined
  /** How lines are counted, by how many logs are left out. */
  readonly #counting = new Map<number, StatementSync>()
  readonly #statements: ReturnType<typeof prepareAll>
  readonly #relations: SqliteRelations
  readonly #log: WriteAheadLog
  #isInTransaction = false
  /** About so many bytes of rows were written in the present transaction. */
  #writtenBytes = 0

  constructor(path: string, fence: Fence) {
    this.#path = path
    this.#fence = fence
    const isLogLeft = isNotEmpty(`${path}-wal`)
    this.#database = openDatabase(path, storeMigrations)
    try {
      this.#fileNumber = fileNumber(path)
      this.#statements = prepareAll(this.#database)
      this.#relations = new SqliteRelations(this.#database)
      this.#log = new WriteAheadLog(this.#database, isLogLeft)
      this.#statements.begin.run()
      rollBack(this.#database)
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  transaction<T>(work: () => T, durability: Durability = 'flushed'): T {
    if (this.#isInTransaction) throw new Error('A transaction is running already')
    return withStoreErrors(() => {
      // Whoever flushes asks for it.
      if (durability === 'flushed') this.#checkFile()
      this.#log.prepare(durability)
      this.#statements.begin.run()
      this.#isInTransaction = true
      this.#writtenBytes = 0
      try {
        mayWrite(this.#fence)
        const result = work()
        this.#statements.commit.run()
        this.#log.committed(durability, this.#writtenBytes)
        return result
      } catch (error) {
        rollBack(this.#database)
        throw error
      } finally {
        this.#isInTransaction = false
      }
    })
  }

  flush(): void {
    if (this.#isInTransaction) throw new Error('A transaction is running')
    if (this.#log.isFlushed) return
    withStoreErrors(() => {
      // Else the transaction asks.
      if (this.#log.isRefused) {
        this.#checkFile()
        mayWrite(this.#fence)
      }
      this.#log.flush((work) => {
        this.transaction(work)
      })
    })
  }

  getRecord(kind: RecordKind, id: Uint8Array): Uint8Array | undefined {
    const row = this.#read(() => this.#statements.getRecord.get(kind, id))
    return row === undefined ? undefined : parseRecordRow(row).sealed
  }

  putRecord(kind: RecordKind, id: Uint8Array, sealed: Uint8Array): void {
    this.#write(() => this.#statements.putRecord.run(kind, id, sealed))
  }

  deleteRecord(kind: RecordKind, id: Uint8Array): void {
    this.#write(() => this.#statements.deleteRecord.run(kind, id))
  }

  listRecords(kind: RecordKind): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[] {
    return this.#read(() => this.#statements.listRecords.all(kind)).map(parseRecordRow)
  }

  listUnknownRecords(): readonly { readonly id: Uint8Array; readonly sealed: Uint8Array }[] {
    return this.#read(() => this.#statements.listUnknown.all(JSON.stringify(recordKinds))).map(parseRecordRow)
  }

  addEvents(rows: Iterable<EventRow>): void {
    this.#write(() => {
      for (const { log, seq, conversation, clock, id, sealed, part } of rows) {
        this.#statements.addEvent.run(log, seq, conversation, clock, id, sealed, eventParts.indexOf(part))
        this.#writtenBytes += sealed.length + rowBytes
      }
    })
  }

  getEvent(log: number, seq: number): EventRow | undefined {
    const row = this.#read(() => this.#statements.getEvent.get(log, seq))
    return row === undefined ? undefined : parseEventRow(row)
  }

  readLog(log: number, from: number, to: number, limit: number): readonly LogRow[] {
    return this.#read(() => this.#statements.readLog.all(log, from, to, atLeast0(limit))).map(parseLogRow)
  }

  readHistory(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(this.#statements.readHistory, conversation, before, limit)
  }

  readLines(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(this.#statements.readLines, conversation, before, limit)
  }

  readOpen(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#readDown(this.#statements.readOpen, conversation, before, limit)
  }

  #readDown(statement: StatementSync, conversation: number, before: Position | undefined, limit: number): EventRow[] {
    const { clock, id } = before ?? afterAll
    const rows = this.#read(() => statement.all(conversation, clock, id, atLeast0(limit)))
    return rows.map(parseEventRow).reverse()
  }

  readLinesAfter(conversation: number, after: Position, limit: number): readonly EventRow[] {
    const { readAfter } = this.#statements
    return this.#read(() => readAfter.all(conversation, after.clock, after.id, atLeast0(limit))).map(parseEventRow)
  }

  findEvent(conversation: number, at: Position): EventRow | undefined {
    const row = this.#read(() => this.#statements.findEvent.get(conversation, at.clock, at.id))
    return row === undefined ? undefined : parseEventRow(row)
  }

  countEvents(
    conversation: number,
    after: Position | undefined,
    exceptLogs: readonly number[],
    upToClock: number = Number.MAX_SAFE_INTEGER,
  ): number {
    const statement = this.#countStatement(exceptLogs.length)
    const { clock, id } = after ?? { clock: -1, id: new Uint8Array() }
    const row = this.#read(() => statement.get(conversation, clock, id, upToClock, ...exceptLogs))
    return Number(row?.['count'] ?? 0)
  }

  /** Local notices do not count. Comparing each row with each log is three times as fast as looking it up in a list. */
  #countStatement(exceptLogs: number): StatementSync {
    const known = this.#counting.get(exceptLogs)
    if (known !== undefined) return known
    const statement = prepareChecked(
      this.#database,
      `SELECT count(*) AS count FROM event WHERE conversation = ? AND (clock, id) > (?, ?) AND clock <= ?
       AND ${isLine} AND log >= 0${' AND log <> ?'.repeat(exceptLogs)}`,
    )
    this.#counting.set(exceptLogs, statement)
    return statement
  }

  replaceEvent(log: number, seq: number, sealed: Uint8Array, part: EventPart): void {
    this.#write(() => this.#statements.replaceEvent.run(sealed, eventParts.indexOf(part), log, seq))
  }

  addRelations(rows: readonly RelationRow[]): void {
    this.#write(() => {
      this.#relations.add(rows)
    })
  }

  deleteRelations(rows: readonly RelationRow[]): void {
    this.#write(() => {
      this.#relations.delete(rows)
    })
  }

  readRelations(target: Uint8Array): readonly RelationRow[] {
    return this.#read(() => this.#relations.newest(target))
  }

  readSlot(target: Uint8Array, slot: Uint8Array, before: Position | undefined, limit: number): readonly RelationRow[] {
    return this.#read(() => this.#relations.ofSlot(target, slot, before ?? afterAll, atLeast0(limit)))
  }

  scrub(): void {
    if (!this.#isInTransaction) throw new Error('There is no transaction')
    this.#log.scrub()
  }

  tidy(): boolean {
    return this.#log.tidy(() => this.#fence.isCurrent())
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  /** On a deleted file SQLite would go on as if nothing had happened, and every commit would be lost. */
  #checkFile(): void {
    if (fileNumber(this.#path) !== this.#fileNumber) throw storeFailure('gone', 'its file is gone')
  }

  #read<T>(work: () => T): T {
    return withStoreErrors(work)
  }

  #write(work: () => void): void {
    if (this.#isInTransaction) withStoreErrors(work)
    else this.transaction(work)
  }
}

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => prepareChecked(database, sql)
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    getRecord: prepare('SELECT id, sealed FROM record WHERE kind = ? AND id = ?'),
    putRecord: prepare(
      'INSERT INTO record (kind, id, sealed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sealed = excluded.sealed',
    ),
    deleteRecord: prepare('DELETE FROM record WHERE kind = ? AND id = ?'),
    listRecords: prepare('SELECT id, sealed FROM record WHERE kind = ? ORDER BY id'),
    listUnknown: prepare('SELECT id, sealed FROM record WHERE kind NOT IN (SELECT value FROM json_each(?))'),
    addEvent: prepare(`INSERT INTO event (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    getEvent: prepare(`SELECT ${columns} FROM event WHERE log = ? AND seq = ?`),
    readLog: prepare('SELECT seq, clock, sealed FROM event WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?'),
    readAfter: prepare(
      `SELECT ${columns} FROM event WHERE conversation = ? AND (clock, id) > (?, ?) AND ${isLine}
       ORDER BY clock, id LIMIT ?`,
    ),
    readHistory: prepare(readDown('')),
    readLines: prepare(readDown(`AND ${isLine}`)),
    readOpen: prepare(readDown('AND part IN (2, 4)')),
    findEvent: prepare(`SELECT ${columns} FROM event WHERE conversation = ? AND clock = ? AND id = ?`),
    replaceEvent: prepare('UPDATE event SET sealed = ?, part = ? WHERE log = ? AND seq = ?'),
  }
}

const readDown = (condition: string): string =>
  `SELECT ${columns} FROM event WHERE conversation = ? AND (clock, id) < (?, ?) ${condition}
   ORDER BY clock DESC, id DESC LIMIT ?`

const atLeast0 = (limit: number): number => Math.max(0, limit)
