import { open, stat } from 'node:fs/promises'
import { chatError } from '../../shared/chatError.ts'
import { scannedBytes } from './fileGuard.ts'

/** A file of this machine, with as much of its beginning as is looked through. */
export interface FoundFile {
  readonly size: number
  readonly beginning: Uint8Array
}

/** Looks at a file; `undefined` for a folder, a pipe or a device. Rejects with `file-failed` where nothing can be read. */
export async function lookAtFile(path: string): Promise<FoundFile | undefined> {
  try {
    // Before it is opened: opening a pipe waits for whoever writes into it.
    if (!(await stat(path)).isFile()) return undefined
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const bytes = new Uint8Array(Math.min(size, scannedBytes))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
      return { size, beginning: bytes.subarray(0, bytesRead) }
    } finally {
      await file.close()
    }
  } catch {
    throw chatError('file-failed')
  }
}
