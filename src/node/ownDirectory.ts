import { chmodSync, lstatSync, mkdirSync } from 'node:fs'

/**
 * Makes the directory, whose parent exists, and closes it to others. False where what is there is no directory, a link to
 * one, or another user's: a link could lead anywhere, and another user could look in.
 */
export function isOwnDirectory(path: string): boolean {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) makeDirectory(path)
    const found = lstatSync(path)
    if (!found.isDirectory()) return false
    if (process.platform === 'win32') return true
    if (found.uid !== process.getuid?.()) return false
    if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700)
    return (lstatSync(path).mode & 0o077) === 0
  } catch {
    return false
  }
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may have been first.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
