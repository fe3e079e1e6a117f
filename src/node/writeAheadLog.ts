import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Durability } from '../core/ports/store.ts'
import { ChatError, storeFailure } from '../shared/chatError.ts'
import { prepareChecked } from './openDatabase.ts'

/**
 * So much is written before the log is copied into the database: less than what SQLite itself waits for, in the middle of a
 * commit.
 */
const copiedBytes = 2 * 1024 * 1024

/**
 * What stands between a commit and the disk: SQLite writes each to a log beside the database. When that is flushed, copied
 * into the database, and cut off. Commits follow each other in the log, and so a flush of one flushes all before it.
 */
export class WriteAheadLog {
  readonly #database: DatabaseSync
  readonly #copy: StatementSync
  readonly #truncate: StatementSync
  readonly #restate: StatementSync
  /** Commits wait for the disk: `openDatabase` leaves it so. */
  #isSynchronous = true
  /** Something is written that no flush has followed. */
  #isUnflushed: boolean
  /** A flush failed. What the system then says of later ones is worth nothing for what came before. */
  #isRefused = false
  /** Something that was removed may still stand in the log. */
  #isScrubDue = false
  /** About so many bytes of rows stand in the log alone. */
  #uncopied = 0

  /** `isLeft`: there was a log already. A process that ended may not have flushed it. */
  constructor(database: DatabaseSync, isLeft: boolean) {
    this.#database = database
    this.#isUnflushed = isLeft
    this.#copy = prepareChecked(database, 'PRAGMA wal_checkpoint(PASSIVE)')
    this.#truncate = prepareChecked(database, 'PRAGMA wal_checkpoint(TRUNCATE)')
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    this.#restate = prepareChecked(database, `PRAGMA user_version = ${String(version)}`)
  }

  /** To be called before a transaction begins. Throws where the disk still refuses what was written before. */
  prepare(durability: Durability): void {
    if (this.#isRefused) this.#rescue()
    const isSynchronous = durability === 'flushed'
    if (isSynchronous === this.#isSynchronous) return
    this.#database.exec(`PRAGMA synchronous = ${isSynchronous ? 'FULL' : 'NORMAL'}`)
    this.#isSynchronous = isSynchronous
  }

  /** A transaction in which about so many `bytes` of rows were written was committed. */
  committed(durability: Durability, bytes: number): void {
    if (durability === 'written') this.#isUnflushed = true
    this.#uncopied += bytes
    if (this.#isScrubDue) this.#cut()
  }

  /** Nothing was committed since the last flush. */
  get isFlushed(): boolean {
    return !this.#isUnflushed
  }

  /** A flush failed, and what it was for is not in the database yet: the next one puts it there, without a transaction. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  /** Flushes all that was committed. `transact`: runs a transaction that is flushed. */
  flush(transact: (work: () => void) => void): void {
    if (this.#isRefused) {
      this.#rescue()
      return
    }
    try {
      // A commit without a change flushes nothing: this one writes the version as it is.
      transact(() => void this.#restate.run())
      this.#isUnflushed = false
    } catch (error) {
      this.#isRefused = error instanceof ChatError && error.code === 'store-failed'
      throw error
    }
  }

  /** What was removed before the next commit is to leave no bytes here. */
  scrub(): void {
    this.#isScrubDue = true
  }

  /**
   * Copies it into the database if much stands here alone and `mayCopy` agrees; whether it did. Never throws: SQLite tries
   * again with a later commit.
   */
  tidy(mayCopy: () => boolean): boolean {
    if (this.#uncopied < copiedBytes) return false
    try {
      if (!mayCopy()) return false
      this.#copy.get()
    } catch {
      // As it was.
    }
    this.#uncopied = 0
    return true
  }

  /**
   * The database itself holds nothing any more of what was removed (`secure_delete`); the log behind which it stands does,
   * until it is written over.
   */
  #cut(): void {
    try {
      this.#isScrubDue = !this.#copyAll()
    } catch {
      // What was committed stands. The next transaction, or the closing, tries again.
    }
  }

  /** What was not flushed goes into the database, which is flushed then, and nothing is written behind it. */
  #rescue(): void {
    if (!this.#copyAll()) throw storeFailure('failing', 'what was written before is not on the disk')
    this.#isRefused = this.#isUnflushed = false
  }

  /** Copies all of it into the database, and cuts it off; false where somebody else is in the middle of something. */
  #copyAll(): boolean {
    return this.#truncate.get()?.['busy'] === 0
  }
}
