import { FrameFollower } from './frameFollower.ts'

/** The least that UDX takes for the size of a packet, */
const leastPacketBytes = 1200
/** and more than any packet has. */
const mostPacketBytes = 2048

/** The parts of a UDX stream by which it gets at what it received. */
export interface ReceivingStream {
  /** The memory that is received into, from its beginning. */
  _buffer?: Uint8Array
  readonly _handle?: Uint8Array
  /** Takes out what came: the first `length` bytes. What comes next goes into `_buffer`. */
  _consumeData?: (length: number) => Uint8Array
  /** Whether each packet is told as it comes, or only once less than two packets more have room. */
  readonly setInteractive?: (isInteractive: boolean) => void
}

interface Piece {
  readonly memory: Uint8Array
  /** How much of what came in it has not been read. */
  unread: number
}

/**
 * Lets a UDX stream receive into the same two pieces of memory in turn, as long as what came is read at once; what is not is left
 * alone. Memory outside of the heap that is made anew for each message makes V8 look through all of the heap every few megabytes.
 * Of a long frame, whose length is known once it has begun, the stream tells not each packet, but what was missing at once.
 */
export class SocketMemory {
  readonly #stream: ReceivingStream
  readonly #maxFrameBytes: number
  #frames: FrameFollower | undefined
  #now: Piece | undefined
  #before: Piece | undefined
  #last: Uint8Array | undefined
  #isInteractive: boolean | undefined

  /** `maxFrameBytes`: of a longer one the stream tells every packet. */
  constructor(stream: ReceivingStream, maxFrameBytes: number) {
    this.#stream = stream
    this.#maxFrameBytes = maxFrameBytes
    if (stream._consumeData !== undefined) stream._consumeData = (length) => this.#take(length)
  }

  /** Of this, which the stream gave, nothing is needed any more. `isBorder`: a frame ended with it. */
  read(data: Uint8Array, isBorder: boolean): void {
    // Where more has come that was not read, that could not be followed any more.
    if (isBorder && data === this.#last) this.#frames ??= new FrameFollower()
    const { buffer } = data
    for (const piece of [this.#now, this.#before]) if (piece?.memory.buffer === buffer) piece.unread--
  }

  #take(length: number): Uint8Array {
    const memory = this.#stream._buffer ?? new Uint8Array(0)
    const came = memory.subarray(0, length)
    const isOurs = this.#now?.memory.buffer === memory.buffer
    if (isOurs && this.#now !== undefined) this.#now.unread++
    const missing = this.#frames?.follow(came) ?? 0
    const isLong = missing > mostPacketBytes && missing <= this.#maxFrameBytes
    this.#setInteractive(!isLong)
    // It is told once less than two packets have room, whatever it takes for the size of one.
    const bytes = isLong ? missing + 2 * leastPacketBytes - 1 : mostPacketBytes
    const rest = isOurs ? this.#now?.memory.subarray(came.byteOffset - this.#now.memory.byteOffset + length) : undefined
    const room = this.#roomOf(bytes, rest)
    this.#stream._buffer = isLong ? room.subarray(0, bytes) : room
    this.#last = came
    return came
  }

  /** Where at least so much has room; `rest`: of the piece in use. */
  #roomOf(bytes: number, rest: Uint8Array | undefined): Uint8Array {
    const before = this.#before
    if (before?.unread !== 0 && rest !== undefined && rest.length >= bytes) return rest
    const next = before?.unread === 0 ? before : newPiece(this.#maxFrameBytes + 2 * leastPacketBytes)
    this.#before = this.#now
    this.#now = next
    return next.memory
  }

  #setInteractive(isInteractive: boolean): void {
    const { setInteractive, _handle } = this.#stream
    if (this.#frames === undefined || this.#isInteractive === isInteractive || setInteractive === undefined) return
    this.#isInteractive = isInteractive
    // By mistake it does this for streams alone that are closed.
    Reflect.apply(setInteractive, { _handle, _closed: true }, [isInteractive])
  }
}

const newPiece = (bytes: number): Piece => ({ memory: Buffer.allocUnsafeSlow(bytes), unread: 0 })
