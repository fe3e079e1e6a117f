import { renameSync } from 'node:fs'
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { IdentityFile } from '../core/ports/secrets.ts'
import { asStoreError } from './asStoreError.ts'
import { syncDirectory } from './syncDirectory.ts'

/**
 * The sealed identity in a file that only this user can read. Its directory exists. `mayWrite` throws where this process
 * may not write any more.
 */
export function createFileIdentity(path: string, mayWrite: () => void = () => undefined): IdentityFile {
  const draft = `${path}.new`
  let writing: Promise<void> = Promise.resolve()

  const replace = async (bytes: Uint8Array): Promise<void> => {
    try {
      mayWrite()
      await rm(draft, { force: true })
      await writeDurably(await open(draft, 'wx', 0o600), bytes)
      // In one turn with the renaming: nothing of this process comes between.
      mayWrite()
      renameSync(draft, path)
      syncDirectory(dirname(path))
    } catch (error) {
      throw asStoreError(error)
    }
  }

  const erase = async (): Promise<void> => {
    try {
      mayWrite()
      await rm(path, { force: true })
      await rm(draft, { force: true })
      syncDirectory(dirname(path))
    } catch (error) {
      throw asStoreError(error)
    }
  }

  return {
    async read() {
      try {
        return new Uint8Array(await readFile(path))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw asStoreError(error)
      }
    },
    remove() {
      writing = writing.then(erase, erase)
      return writing
    },
    write(bytes) {
      const own = bytes.slice()
      writing = writing.then(
        () => replace(own),
        () => replace(own),
      )
      return writing
    },
  }
}

async function writeDurably(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Nothing of that name. A directory that is not there either has no file in it. */
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
