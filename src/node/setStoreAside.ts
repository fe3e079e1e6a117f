import { existsSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { storeFailure } from '../shared/chatError.ts'
import { withStoreErrors } from './asStoreError.ts'
import { syncDirectory } from './syncDirectory.ts'

/**
 * Moves a store that is of no use out of the way, whole and unchanged, or what is still in the way of one that was being
 * moved. `label` tells it from earlier ones (a date, say). Answers the new path of its main file. Throws
 * `store-failed`, also where something of that name is there already.
 */
export function setStoreAside(path: string, label: string): string {
  const aside = join(dirname(path), `${basename(path)}.damaged-${label}`)
  return withStoreErrors(() => {
    const moves = ['', '-wal', '-shm'].map((suffix) => ({ from: `${path}${suffix}`, to: `${aside}${suffix}` }))
    if (moves.some(({ from, to }) => existsSync(from) && existsSync(to)))
      throw storeFailure('failing', 'a store of that name is set aside')
    // The log goes last: found without its database it is refused, whereas a database without its log would open.
    for (const { from, to } of moves) if (existsSync(from)) renameSync(from, to)
    syncDirectory(dirname(path))
    return aside
  })
}
