import { readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { chatError } from '../shared/chatError.ts'
import type { Disposable } from '../shared/disposable.ts'
import { sqliteCode, withStoreErrors } from './asStoreError.ts'
import { isOwnDirectory } from './ownDirectory.ts'
import { sqliteModule } from './sqliteModule.ts'
import type { Fence } from './fence.ts'

const busy = 5
const notADatabase = 26

/** This process leads a data directory until it disposes this, ends, however it ends, or is replaced. */
export interface ProfileLock extends Disposable, Fence {
  /** Counts replacements: 1 for the first leader, one more each time a leader that hangs is replaced. */
  readonly epoch: number
  /** False once a later epoch has begun. Throws `store-failed` where the directory is gone. */
  isCurrent(): boolean
}

/** The place in a data directory where its processes find each other. */
export function meetingPlace(directory: string): string {
  return join(directory, 'windows')
}

/**
 * Tries to become the one process that uses a data directory, which exists; `undefined` while another one is. The lock
 * is the operating system's, on a file for each epoch, and so the kernel releases it on any death.
 *
 * A process that hangs still holds its lock. Whoever found it hanging names its epoch as `hung` and begins the next one:
 * from then on `isCurrent` is false for the old leader, whenever it comes back.
 *
 * Throws `store-failed` when the directory cannot be used, or is not this user's alone.
 */
export function takeProfileLock(directory: string, hung?: number): ProfileLock | undefined {
  const place = meetingPlace(directory)
  if (!isOwnDirectory(place)) throw chatError('store-failed', 'the folder “windows” is not this user’s alone')
  return withStoreErrors(() => {
    for (;;) {
      const newest = newestEpoch(place)
      const epoch = hung === newest ? newest + 1 : Math.max(newest, 1)
      const database = tryLock(lockFile(place, epoch))
      if (database === undefined) return undefined
      // Between looking and locking, somebody may have begun a later one.
      if (newestEpoch(place) === epoch) return held(place, epoch, database)
      database.close()
    }
  })
}

/** The epoch of the latest leader; 0 before the first. */
export function newestEpoch(place: string): number {
  const epochs = readdirSync(place).map((name) => Number(/^lock-([1-9]\d{0,14})$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...epochs)
}

const lockFile = (place: string, epoch: number): string => join(place, `lock-${epoch}`)

function held(place: string, epoch: number, database: DatabaseSync): ProfileLock {
  // The names of earlier epochs say nothing any more: the newest counts.
  for (let earlier = epoch - 1; earlier > 0 && earlier > epoch - 16; earlier--) {
    try {
      rmSync(lockFile(place, earlier), { force: true })
    } catch {
      // Where a file that is open cannot be removed, its holder hangs and the next leader tries again.
    }
  }
  return {
    epoch,
    isCurrent: () => withStoreErrors(() => newestEpoch(place) === epoch),
    dispose: () => {
      if (database.isOpen) database.close()
    },
  }
}

/** The open database that holds the lock, or `undefined` when another process does. */
function tryLock(path: string): DatabaseSync | undefined {
  try {
    return lock(path)
  } catch (error) {
    if (sqliteCode(error) !== notADatabase) throw error
    // Nothing is ever kept in this file. It is emptied, not replaced: two processes must not lock two files.
    truncateSync(path)
    return lock(path)
  }
}

function lock(path: string): DatabaseSync | undefined {
  const database = new (sqliteModule().DatabaseSync)(path)
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (((sqliteCode(error) ?? 0) & 0xff) === busy) return undefined
    throw error
  }
}
