import { ChatError, chatError, storeFailure } from '../shared/chatError.ts'
import type { StoreTrouble } from '../shared/store.ts'

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const busy = 5
const locked = 6
const corrupt = 11
const notADatabase = 26
/** No permission, read-only, input or output failed, disk full, cannot open, a lock was refused by the system. */
const diskFailures: readonly number[] = [3, 8, 10, 13, 14, 15, 22]

/** Extended codes: the device returned wrong data, or the file system says that it is damaged. */
const damagedReads: readonly number[] = [8202, 8458]

/**
 * The `ChatError` for what SQLite or the file system threw: `store-damaged`, `store-failed` or `in-use`. Anything else
 * is a bug of ours and is returned as it came.
 */
export function asStoreError(error: unknown): unknown {
  if (error instanceof ChatError || !(error instanceof Error)) return error
  const code = sqliteCode(error)
  if (code === undefined) return isSystemError(error) ? storeFailure(systemTrouble(error.code), error.code) : error
  const primary = code & 0xff
  if (primary === corrupt || primary === notADatabase || damagedReads.includes(code)) {
    return chatError('store-damaged', `SQLite ${code}`)
  }
  if (primary === busy || primary === locked) return chatError('in-use')
  return diskFailures.includes(primary) ? storeFailure(sqliteTrouble(code), `SQLite ${code}`) : error
}

/** The database file was deleted or moved while it was open. */
const movedDatabase = 1032

function sqliteTrouble(code: number): StoreTrouble {
  if (code === movedDatabase) return 'gone'
  const primary = code & 0xff
  if (primary === 13) return 'full'
  return primary === 3 || primary === 8 ? 'read-only' : 'failing'
}

function systemTrouble(code: string): StoreTrouble {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full'
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'read-only'
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'failing'
}

/** Runs `work`, and turns what it throws into what `asStoreError` makes of it. */
export function withStoreErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asStoreError(error)
  }
}

/** The extended result code of an error of `node:sqlite`, or `undefined` for any other. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode
}

const isSystemError = (error: Error): error is Error & { code: string } =>
  'syscall' in error && 'code' in error && typeof error.code === 'string'
