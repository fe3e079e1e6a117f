/** Messages up to this size get memory as anything else does: it costs little. */
const smallBytes = 16 * 1024 + 64
/** Pieces that are kept for what comes next. */
const maxKept = 2

/**
 * Memory for the messages that arrive, used again where nothing of one is kept. Memory outside of the heap that is made anew for
 * each message makes V8 look through all of the heap every few megabytes.
 */
export class MessageMemory {
  readonly #bytes: number
  readonly #free: ArrayBufferLike[] = []

  /** `bytes`: the most that is asked for at once. */
  constructor(bytes: number) {
    this.#bytes = bytes
  }

  /** With anything in it. */
  take(size: number): Buffer {
    if (size <= smallBytes) return Buffer.allocUnsafe(size)
    return Buffer.from(this.#free.pop() ?? new ArrayBuffer(this.#bytes), 0, size)
  }

  /** Nothing of what stands in the memory of this view is needed any more; to be said once. */
  release({ buffer }: Uint8Array): void {
    const isOurs = buffer.byteLength === this.#bytes && !this.#free.includes(buffer)
    if (isOurs && this.#free.length < maxKept) this.#free.push(buffer)
  }
}
