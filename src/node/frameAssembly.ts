/** The bytes of a secret stream's length prefix (little-endian). */
export const prefixBytes = 3

/**
 * Puts the frames of one secret stream together: a length prefix of three bytes, then so many bytes. The prefix travels in
 * clear, and a receiver allocates what it says before anything is authenticated; so it is bounded here first.
 */
export class FrameAssembly {
  readonly #maxFrameBytes: number
  readonly #allocate: (size: number) => Buffer
  readonly #prefix = Buffer.alloc(prefixBytes)
  #prefixRead = 0
  /** The frame that is on its way, its prefix included. */
  #frame: Buffer | undefined
  #read = 0

  /** `allocate`: where frames go, with their prefixes. */
  constructor(maxFrameBytes: number, allocate: (size: number) => Buffer) {
    this.#maxFrameBytes = maxFrameBytes
    this.#allocate = allocate
  }

  /** What comes next begins a frame. */
  get isAtBorder(): boolean {
    return this.#frame === undefined && this.#prefixRead === 0
  }

  /**
   * Takes the next bytes of the stream and gives each frame that is whole, with its prefix, in memory of its own: nothing of
   * `data` is needed afterwards. False at a frame that announces more than the limit.
   */
  take(data: Uint8Array, onFrame: (frame: Buffer) => void): boolean {
    let offset = 0
    while (offset < data.length) {
      if (this.#frame === undefined) {
        this.#prefix[this.#prefixRead++] = data[offset++] as number
        if (this.#prefixRead < prefixBytes) continue
        const length = this.#prefix.readUIntLE(0, prefixBytes)
        if (length > this.#maxFrameBytes) return false
        this.#begin(prefixBytes + length)
      }
      offset += this.#append(data, offset)
      const whole = this.#finish()
      if (whole !== undefined) onFrame(whole)
    }
    return true
  }

  #begin(size: number): void {
    this.#frame = this.#allocate(size)
    this.#frame.set(this.#prefix)
    this.#read = prefixBytes
    this.#prefixRead = 0
  }

  #append(data: Uint8Array, offset: number): number {
    const frame = this.#frame as Buffer
    const taken = Math.min(data.length - offset, frame.length - this.#read)
    frame.set(taken === data.length ? data : data.subarray(offset, offset + taken), this.#read)
    this.#read += taken
    return taken
  }

  #finish(): Buffer | undefined {
    const frame = this.#frame
    if (frame === undefined || this.#read < frame.length) return undefined
    this.#frame = undefined
    return frame
  }
}
