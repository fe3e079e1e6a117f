import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { chatError } from '../shared/chatError.ts'
import type { Disposable } from '../shared/disposable.ts'
import { sqliteCode, withStoreErrors } from './asStoreError.ts'
import { leaderSocketPath, openLeaderSocket, watchLeaderSocket } from './leaderSocket.ts'
import { sqliteModule } from './sqliteModule.ts'

/** How soon to look again where a leader is there but no socket of it: at first, and at most. */
const firstLookMs = 25
const lastLookMs = 2000

const busy = 5
const notADatabase = 26

/** This process holds the directory until it disposes this or ends, however it ends. */
export interface LeaderLock extends Disposable {
  readonly kind: 'leader'
}

/** Another process holds the directory. */
export interface WaitingLock extends Disposable {
  readonly kind: 'waiting'
  /** Resolves when it is worth trying again; never, once this is disposed. */
  readonly onceFree: Promise<void>
}

export type ProfileLock = LeaderLock | WaitingLock

/**
 * Tries to become the one process that uses a data directory, which exists. The lock is the operating system's, on a
 * file in it, and so the kernel releases it on any death; those who wait notice by a socket that closes, without
 * polling. Rejects with `store-failed` when the directory cannot be used.
 */
export async function acquireProfileLock(directory: string): Promise<ProfileLock> {
  const database = tryLock(directory)
  const path = leaderSocketPath(directory)
  if (database === undefined) return wait(directory, path)
  const socket = path === undefined ? undefined : await openLeaderSocket(path)
  let isHeld = true
  return {
    kind: 'leader',
    dispose: () => {
      if (!isHeld) return
      isHeld = false
      // First the lock: whoever then hears the socket close finds it free.
      database.close()
      socket?.dispose()
    },
  }
}

/**
 * Becomes the one process that uses a data directory, however long that takes. `onWaiting` is called once if another
 * holds it now. Rejects with `disposed` when `signal` aborts, and with `store-failed`.
 */
export async function waitForProfileLock(
  directory: string,
  signal: AbortSignal,
  onWaiting: () => void = () => undefined,
): Promise<LeaderLock> {
  for (let attempt = 0; ; attempt++) {
    if (isAborted(signal)) throw chatError('disposed')
    const lock = await acquireProfileLock(directory)
    if (isAborted(signal)) {
      lock.dispose()
      throw chatError('disposed')
    }
    if (lock.kind === 'leader') return lock
    if (attempt === 0) onWaiting()
    await freeOrAborted(lock, signal)
  }
}

/** A question of its own, because the answer changes while one awaits. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted

async function freeOrAborted(lock: WaitingLock, signal: AbortSignal): Promise<void> {
  let onAbort: () => void = () => undefined
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  await Promise.race([lock.onceFree, aborted])
  signal.removeEventListener('abort', onAbort)
  lock.dispose()
}

/** The open database that holds the lock, or `undefined` when another process does. */
function tryLock(directory: string): DatabaseSync | undefined {
  const path = join(directory, 'lock')
  return withStoreErrors(() => {
    try {
      return lock(path)
    } catch (error) {
      if (sqliteCode(error) !== notADatabase) throw error
      // Nothing is ever kept in this file. It is emptied, not replaced: two processes must not lock two files.
      truncateSync(path)
      return lock(path)
    }
  })
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

function wait(directory: string, path: string | undefined): WaitingLock {
  let part: Disposable = { dispose: () => undefined }
  const onceFree = new Promise<void>((resolve) => {
    const look = (delayMs: number): void => {
      const onGone = (wasThere: boolean): void => {
        if (wasThere) resolve()
        else part = after(delayMs, () => lookAgain(delayMs))
      }
      if (path === undefined) onGone(false)
      else part = watchLeaderSocket(path, onGone)
    }
    // The leader has only just taken the lock and does not listen yet, or has died before it did, or never will.
    const lookAgain = (delayMs: number): void => {
      if (isFree(directory)) resolve()
      else look(Math.min(2 * delayMs, lastLookMs))
    }
    look(firstLookMs)
  })
  return { kind: 'waiting', onceFree, dispose: () => part.dispose() }
}

/** Whether nobody holds the lock now. A directory that cannot be used counts as free: trying again will say why. */
function isFree(directory: string): boolean {
  try {
    const database = tryLock(directory)
    database?.close()
    return database !== undefined
  } catch {
    return true
  }
}

function after(delayMs: number, fn: () => void): Disposable {
  const timer = setTimeout(fn, delayMs)
  return { dispose: () => clearTimeout(timer) }
}
