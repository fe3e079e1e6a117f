import type { FileHandle } from 'node:fs/promises'
import type { Clock } from '../core/ports/clock.ts'
import type { Disposable } from '../shared/disposable.ts'

/** The most pieces that are written in one go. */
const maxPieces = 16
/** What may wait is written once so many wait, */
const enoughPieces = 8
/** or after so long. */
const patienceMs = 5

interface Piece {
  readonly at: number
  readonly bytes: Uint8Array
  readonly mayWait: boolean
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes to one file, one after the other: what came meanwhile and stands next to each other is written in one go, as each
 * going to the disk costs more than what it carries.
 */
export class BlobWriter {
  readonly #file: FileHandle
  readonly #clock: Pick<Clock, 'after'>
  readonly #waiting: Piece[] = []
  #isWriting = false
  #isOverdue = false
  #timer: Disposable | undefined

  constructor(file: FileHandle, clock: Pick<Clock, 'after'>) {
    this.#file = file
    this.#clock = clock
  }

  /** Resolves when all of it is written. `bytes` must not change before. `mayWait`: a little, for what is to follow. */
  write(at: number, bytes: Uint8Array, mayWait = false): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ at, bytes, mayWait, done, failed })
      this.#next()
    })
  }

  get #isDue(): boolean {
    return this.#isOverdue || this.#waiting.length >= enoughPieces || this.#waiting.some(({ mayWait }) => !mayWait)
  }

  #next(): void {
    if (this.#isWriting || this.#waiting.length === 0) return
    if (this.#isDue) void this.#run()
    else
      this.#timer ??= this.#clock.after(patienceMs, () => {
        this.#timer = undefined
        this.#isOverdue = true
        this.#next()
      })
  }

  async #run(): Promise<void> {
    this.#isWriting = true
    this.#timer?.dispose()
    this.#timer = undefined
    while (this.#waiting.length > 0 && this.#isDue) {
      const pieces = this.#take()
      if (this.#waiting.length === 0) this.#isOverdue = false
      try {
        await this.#writeAll(pieces)
        for (const { done } of pieces) done()
      } catch (error) {
        for (const { failed } of pieces) failed(error)
      }
    }
    this.#isWriting = false
    this.#next()
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
