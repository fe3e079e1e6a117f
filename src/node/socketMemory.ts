/** What UDX receives into, as it allocates it itself: it gives a piece up with less than 2,048 bytes left. */
const socketBytes = 64 * 1024 + 2048
/** Pieces that are given up and not read yet; there are more only where nobody reads. */
const maxUnread = 4

/** The parts of a UDX stream by which it gets its memory. */
export interface ReceivingStream {
  /** What is left of the piece in use. */
  _buffer?: Uint8Array
  /** Puts a new piece in its place. */
  _reallocData?(): Uint8Array
}

interface Piece {
  readonly memory: Buffer
  /** How many bytes have come in it; `undefined` while it is in use. */
  filled?: number
  read: number
}

/**
 * Lets a UDX stream receive into the same memory over and over again, as soon as all that came in it has been read. Memory outside
 * of the heap that is made anew for each message makes V8 look through all of the heap every few megabytes.
 */
export class SocketMemory {
  readonly #stream: ReceivingStream
  readonly #pieces = new Map<ArrayBufferLike, Piece>()
  #current: Piece | undefined
  #spare: Buffer | undefined

  constructor(stream: ReceivingStream) {
    this.#stream = stream
    if (stream._reallocData !== undefined) stream._reallocData = () => this.#next()
  }

  /** All that came in this is copied. */
  read(data: Uint8Array): void {
    const piece = this.#pieces.get(data.buffer)
    if (piece === undefined) return
    piece.read += data.length
    if (piece.filled !== piece.read) return
    this.#pieces.delete(data.buffer)
    this.#spare = piece.memory
  }

  #next(): Uint8Array {
    const before = this.#stream._buffer
    const { memory } = this.#current ?? {}
    if (this.#current !== undefined && memory !== undefined && before?.buffer === memory.buffer)
      this.#current.filled = memory.length - before.length
    // What nobody reads is left to the garbage collector.
    for (const [oldest] of this.#pieces) if (this.#pieces.size >= maxUnread) this.#pieces.delete(oldest)
    const piece = { memory: this.#spare ?? Buffer.allocUnsafeSlow(socketBytes), read: 0 }
    this.#spare = undefined
    this.#current = piece
    this.#pieces.set(piece.memory.buffer, piece)
    this.#stream._buffer = piece.memory
    return piece.memory
  }
}
