/** Messages up to this size get memory as anything else does: it costs little. */
const smallBytes = 16 * 1024 + 64

/**
 * Memory for the messages that leave, used again once the other side has them. Memory outside of the heap that is made anew for
 * each message makes V8 look through all of the heap every few megabytes.
 */
export class OutgoingMemory {
  readonly #bytes: number
  readonly #whenArrived: () => Promise<boolean>
  readonly #free: ArrayBufferLike[] = []
  /** Given out, and not handed to the stream yet. */
  readonly #taken = new Set<ArrayBufferLike>()
  /** On its way. */
  readonly #sent: ArrayBufferLike[] = []
  #isWaiting = false

  /** `bytes`: the most that is asked for at once. `whenArrived`: resolves when all that was sent has arrived, with true. */
  constructor(bytes: number, whenArrived: () => Promise<boolean>) {
    this.#bytes = bytes
    this.#whenArrived = whenArrived
  }

  /** With anything in it. */
  take(size: number): Buffer {
    if (size <= smallBytes) return Buffer.allocUnsafe(size)
    const memory = this.#free.pop() ?? new ArrayBuffer(this.#bytes)
    this.#taken.add(memory)
    return Buffer.from(memory, 0, size)
  }

  /** This was handed to the stream: nobody writes into it from now on. */
  sent({ buffer }: Uint8Array): void {
    if (!this.#taken.delete(buffer)) return
    this.#sent.push(buffer)
    if (!this.#isWaiting) void this.#collect()
  }

  async #collect(): Promise<void> {
    this.#isWaiting = true
    while (this.#sent.length > 0) {
      const gone = this.#sent.splice(0)
      // A stream that has ended needs no more.
      if (!(await this.#whenArrived())) return
      this.#free.push(...gone)
    }
    this.#isWaiting = false
    // Nothing is on its way: nothing is held for what may never come.
    this.#free.length = 0
  }
}
