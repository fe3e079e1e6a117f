import type { FileHandle } from 'node:fs/promises'

/** The most pieces that are written in one go. */
const maxPieces = 16

interface Piece {
  readonly at: number
  readonly bytes: Uint8Array
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes to one file, one after the other: what came meanwhile and stands next to each other is written in one go, as each
 * going to the disk costs more than what it carries.
 */
export class BlobWriter {
  readonly #file: FileHandle
  readonly #waiting: Piece[] = []
  #isWriting = false

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** Resolves when all of it is written. `bytes` must not change before. */
  write(at: number, bytes: Uint8Array): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ at, bytes, done, failed })
      if (!this.#isWriting) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const pieces = this.#take()
      try {
        await this.#writeAll(pieces)
        for (const { done } of pieces) done()
      } catch (error) {
        for (const { failed } of pieces) failed(error)
      }
    }
    this.#isWriting = false
  }

  /** The first that waits, and those after it that go on where it ends. */
  #take(): readonly Piece[] {
    let end = this.#waiting[0]?.at
    const count = this.#waiting.slice(0, maxPieces).findIndex(({ at, bytes }) => {
      if (at !== end) return true
      end = at + bytes.length
      return false
    })
    return this.#waiting.splice(0, count === -1 ? maxPieces : count)
  }

  async #writeAll(pieces: readonly Piece[]): Promise<void> {
    let rest = pieces.map(({ bytes }) => bytes).filter(({ length }) => length > 0)
    for (let at = pieces[0]?.at ?? 0; rest.length > 0;) {
      const { bytesWritten } = await this.#file.writev(rest, at)
      at += bytesWritten
      rest = behind(rest, bytesWritten)
    }
  }
}

/** What is left of pieces without their first bytes. */
function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skipped = bytes
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(Math.min(skipped, piece.length))
    skipped -= piece.length - rest.length
    return rest.length === 0 ? [] : [rest]
  })
}
