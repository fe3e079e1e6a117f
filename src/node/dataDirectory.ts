import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { storeFailure } from '../shared/chatError.ts'
import { withStoreErrors } from './asStoreError.ts'

/** Where things are in a data directory. */
export interface DataDirectory {
  readonly path: string
  readonly store: string
  readonly identity: string
  /** The sealed content of files. */
  readonly blobs: string
}

/**
 * Makes sure that the directory is there and closed to other users of this machine. Throws `store-failed` when it
 * cannot be made or used.
 */
export function prepareDataDirectory(path: string): DataDirectory {
  withStoreErrors(() => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const { mode } = statSync(path)
    if (process.platform === 'win32' || (mode & 0o077) === 0) return
    chmodSync(path, 0o700)
    if ((statSync(path).mode & 0o077) !== 0) throw storeFailure('failing', 'others can read the data directory')
  })
  return { path, store: join(path, 'store.db'), identity: join(path, 'identity'), blobs: join(path, 'files') }
}
