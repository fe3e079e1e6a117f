import { concat } from '../../src/core/codec/bytes.ts'
import type { UserFile, UserFiles } from '../../src/core/ports/userFiles.ts'
import { chatError } from '../../src/shared/chatError.ts'

/** Files in memory; the disk that they are on may be full. */
export class MemoryUserFiles implements UserFiles {
  readonly all = new Map<string, Uint8Array>()
  /** How large files say that they are, where that is not how much there is to read. */
  readonly claimed = new Map<string, number>()
  /** How much can still be written. */
  bytesLeft = Number.POSITIVE_INFINITY

  async write(path: string, pieces: AsyncIterable<Uint8Array>, isNew = false): Promise<void> {
    if (isNew && this.all.has(path)) throw chatError('file-exists')
    const written: Uint8Array[] = []
    for await (const piece of pieces) {
      this.bytesLeft -= piece.length
      if (this.bytesLeft < 0) throw chatError('file-failed', 'ENOSPC')
      written.push(piece)
    }
    this.all.set(path, concat(...written))
  }

  open(path: string): UserFile {
    const bytes = this.all.get(path)
    if (bytes === undefined) throw chatError('file-failed', 'ENOENT')
    const size = this.claimed.get(path) ?? bytes.length
    return { size, read: (at, length) => bytes.slice(at, at + length), close: () => undefined }
  }
}
