import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { chatError } from '../shared/chatError.ts'
import { sqliteCode } from './asStoreError.ts'
import { migrate } from './migrate.ts'
import { decodeVersion } from './schemaVersion.ts'
import { syncDirectory } from './syncDirectory.ts'
import { sqliteModule } from './sqliteModule.ts'

/** Marks a file as a Tincan store: "TinC". */
const applicationId = 0x54_69_6e_43
const magic = Buffer.from('SQLite format 3\0', 'latin1')
const headerBytes = 100
/** The size of a store's pages. */
export const pageBytes = 8192
/** Fields of the header that SQLite takes for the word of a later SQLite, or of a disk that may not be written. */
const knownFormats = [
  { offset: 18, bytes: 1, newest: 2 },
  { offset: 19, bytes: 1, newest: 2 },
  { offset: 44, bytes: 4, newest: 4 },
] as const
const versionOffset = 60
const applicationOffset = 68

/**
 * Opens the store's database, creating it where there is none and migrating it where it is
 * older. Nothing is written to a file that is damaged, foreign or newer.
 *
 * A new database is built beside its place and moved there when it is whole, so that an empty file can only be a
 * damaged one. Throws `store-damaged`, `store-newer`, or what SQLite and the file system throw.
 */
export function openDatabase(path: string, migrations: readonly string[]): DatabaseSync {
  if (existsSync(path)) checkHeader(path, migrations.length)
  else create(path, migrations)
  const database = new (sqliteModule().DatabaseSync)(path)
  try {
    configure(database)
    // The version must stand in the file itself, not only in its write-ahead log: `checkHeader` reads it there.
    if (migrate(database, migrations)) database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Prepares a statement; a table or a column that is missing means damage, since the version says that it is there. */
export function prepareChecked(database: DatabaseSync, sql: string): ReturnType<DatabaseSync['prepare']> {
  try {
    return database.prepare(sql)
  } catch (error) {
    if (sqliteCode(error) === 1) throw chatError('store-damaged', 'a table is missing')
    throw error
  }
}

function create(path: string, migrations: readonly string[]): void {
  // A log without its database would be replayed into the new one.
  if (isNotEmpty(`${path}-wal`)) throw chatError('store-damaged', 'only its log is left')
  const draft = `${path}.new`
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  const database = new (sqliteModule().DatabaseSync)(draft)
  try {
    database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA application_id = ${applicationId}`)
    configure(database)
    migrate(database, migrations)
  } finally {
    database.close()
  }
  const file = openSync(draft, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncDirectory(dirname(path))
}

/**
 * Every commit flushed to the disk, except where `WriteAheadLog` does without, what is removed overwritten there,
 * suspicious of damaged pages. The lock is given back after each transaction: a process that was stopped must not keep out
 * the one that leads in its place. They only meet while one replaces the other, and so the wait for each other is short.
 */
function configure(database: DatabaseSync): void {
  database.exec(`
    PRAGMA busy_timeout = 1000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -512;
    PRAGMA journal_size_limit = 8388608;
  `)
}

function checkHeader(path: string, newest: number): void {
  const header = Buffer.alloc(headerBytes)
  const file = openSync(path, 'r')
  let length: number
  try {
    length = readSync(file, header, 0, headerBytes, 0)
  } finally {
    closeSync(file)
  }
  if (length < headerBytes || !header.subarray(0, magic.length).equals(magic)) throw chatError('store-damaged')
  if (header.readUInt32BE(applicationOffset) !== applicationId) throw chatError('store-damaged', 'not a Tincan store')
  const isKnown = knownFormats.every(({ offset, bytes, newest }) => header.readUIntBE(offset, bytes) <= newest)
  if (!isKnown) throw chatError('store-damaged', 'its format is none')
  const version = decodeVersion(header.readUInt32BE(versionOffset))
  if (version === undefined) throw chatError('store-damaged', 'its version is none')
  if (version > newest) throw chatError('store-newer')
}

/** Whether there is a file with something in it. */
export const isNotEmpty = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
