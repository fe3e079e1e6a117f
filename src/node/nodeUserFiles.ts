import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, linkSync, lstatSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import type { UserFiles } from '../core/ports/userFiles.ts'
import { ChatError, chatError } from '../shared/chatError.ts'
import { syncDirectory } from './syncDirectory.ts'

/** Files of this machine by their absolute paths; those it makes can be read by this user alone. */
export const nodeUserFiles: UserFiles = {
  async write(path, pieces, isNew = false) {
    // Beside it, so that taking the place is one step; under a name of its own, which no file of the user has.
    const draft = join(dirname(path), `.tincan-${randomBytes(8).toString('hex')}.part`)
    try {
      refuseOther(path, isNew)
      const file = await open(draft, 'wx', 0o600)
      try {
        for await (const piece of pieces) await file.writeFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
      if (isNew) takeFreePlace(draft, path)
      else renameSync(draft, path)
      syncDirectory(dirname(path))
    } catch (error) {
      rmSync(draft, { force: true })
      throw asFileError(error)
    }
  },
  open(path) {
    return asFileErrors(() => {
      if (!isAbsolute(path)) throw chatError('file-failed', 'its path is not absolute')
      const file = openSync(path, 'r')
      return {
        size: fstatSync(file).size,
        read: (at, length) =>
          asFileErrors(() => {
            const bytes = new Uint8Array(length)
            return bytes.subarray(0, readSync(file, bytes, 0, length, at))
          }),
        close: () => closeSync(file),
      }
    })
  },
}

/** Only a file is replaced, never what else may stand there. */
function refuseOther(path: string, isNew: boolean): void {
  if (!isAbsolute(path)) throw chatError('file-failed', 'its path is not absolute')
  if (isNew && isTaken(path)) throw chatError('file-exists')
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw chatError('file-failed', 'there is something else')
}

const isTaken = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/** Gives a file its name where that is free; a link is made or refused in one step, where the file system has links. */
function takeFreePlace(draft: string, path: string): void {
  try {
    linkSync(draft, path)
    rmSync(draft)
  } catch {
    if (isTaken(path)) throw chatError('file-exists')
    renameSync(draft, path)
  }
}

function asFileErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asFileError(error)
  }
}

/** What the file system refused, by its code: never with the path. What is no refusal stays what it is. */
function asFileError(error: unknown): unknown {
  if (error instanceof ChatError || !(error instanceof Error) || !('syscall' in error)) return error
  return chatError('file-failed', 'code' in error ? String(error.code) : undefined)
}
