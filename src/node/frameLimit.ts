/** The bytes of a secret stream's length prefix (little-endian). */
const prefixBytes = 3

/**
 * Follows the frames of one secret stream from outside: a length prefix of three bytes, then so many bytes. The prefix
 * travels in clear, and a receiver allocates what it says before anything is authenticated; so it is read here first.
 */
export class FrameLimit {
  readonly #maxFrameBytes: number
  #prefix = 0
  #prefixRead = 0
  #remaining = 0

  constructor(maxFrameBytes: number) {
    this.#maxFrameBytes = maxFrameBytes
  }

  /** Whether no frame that begins in `data`, the next bytes of the stream, announces more than the limit. */
  accepts(data: Uint8Array): boolean {
    let offset = 0
    while (offset < data.length) {
      if (this.#remaining > 0) {
        const taken = Math.min(this.#remaining, data.length - offset)
        this.#remaining -= taken
        offset += taken
        continue
      }
      this.#prefix += (data[offset++] as number) * 2 ** (8 * this.#prefixRead++)
      if (this.#prefixRead < prefixBytes) continue
      if (this.#prefix > this.#maxFrameBytes) return false
      this.#remaining = this.#prefix
      this.#prefix = 0
      this.#prefixRead = 0
    }
    return true
  }
}
