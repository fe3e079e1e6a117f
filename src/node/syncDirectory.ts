import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Puts a directory's entries on disk, so that a file renamed in it stays renamed. Windows does so by itself. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
