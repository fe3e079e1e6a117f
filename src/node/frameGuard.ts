import { Transform, type TransformCallback } from 'node:stream'

/** The most bytes of one JSON-RPC request, framed: 1 MiB, well over the largest there is. */
export const maxMessageBytes = 1024 * 1024
/** The most bytes of the header before a message. */
export const maxHeaderBytes = 1024

const carriageReturn = 13
const lineFeed = 10

export interface FrameGuardInit {
  /** What the input is called in sentences about it. */
  readonly source: string
  /** The most bytes that the next message may announce; `maxMessageBytes` where this is left out. */
  readonly maxBytes?: () => number
  /** Called when the last byte of a body has been let through. */
  readonly onFrame?: () => void
}

/**
 * Stands before the message reader, which itself would collect any number of bytes: lets whole headers and the bodies
 * they announce through, untouched. At the first thing that is not one, it ends the stream after what came before,
 * says why in `violation` and swallows the rest. Holds at most one header.
 */
export class FrameGuard extends Transform {
  #header: number[] = []
  #bodyBytesLeft = 0
  #violation: string | undefined
  readonly #source: string
  readonly #maxBytes: () => number
  readonly #onFrame: () => void
  #isHeld = false
  #takeMore: (() => void) | undefined

  constructor({ source, maxBytes = () => maxMessageBytes, onFrame = () => undefined }: FrameGuardInit) {
    super({ writableHighWaterMark: 64 * 1024 })
    this.#source = source
    this.#maxBytes = maxBytes
    this.#onFrame = onFrame
    this.once('end', () => this.destroy())
  }

  /** One sentence on what was wrong with the input; `undefined` while all is well. */
  get violation(): string | undefined {
    return this.#violation
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let offset = 0
    while (offset < chunk.length && this.#violation === undefined) {
      offset = this.#bodyBytesLeft > 0 ? this.#passBody(chunk, offset) : this.#readHeader(chunk, offset)
    }
    if (this.#isHeld) this.#takeMore = done
    else done()
  }

  /** Takes no further chunk (at most 64 KiB of one are on their way) until `release`. */
  hold(): void {
    this.#isHeld = true
  }

  /** Goes on after `hold`. */
  release(): void {
    this.#isHeld = false
    const takeMore = this.#takeMore
    this.#takeMore = undefined
    takeMore?.()
  }

  #passBody(chunk: Buffer, offset: number): number {
    const end = Math.min(chunk.length, offset + this.#bodyBytesLeft)
    this.#bodyBytesLeft -= end - offset
    this.push(chunk.subarray(offset, end))
    if (this.#bodyBytesLeft === 0) this.#onFrame()
    return end
  }

  #readHeader(chunk: Buffer, offset: number): number {
    for (let at = offset; at < chunk.length; at++) {
      this.#header.push(chunk[at] as number)
      if (this.#isHeaderComplete()) {
        this.#acceptHeader()
        return at + 1
      }
      if (this.#header.length >= maxHeaderBytes) {
        this.#refuse(`The input on ${this.#source} is not JSON-RPC with a Content-Length header.`)
        return chunk.length
      }
    }
    return chunk.length
  }

  #isHeaderComplete(): boolean {
    const { length } = this.#header
    return (
      length >= 4 &&
      this.#header[length - 1] === lineFeed &&
      this.#header[length - 2] === carriageReturn &&
      this.#header[length - 3] === lineFeed &&
      this.#header[length - 4] === carriageReturn
    )
  }

  #acceptHeader(): void {
    const header = Buffer.from(this.#header)
    this.#header = []
    const length = parseContentLength(header.toString('latin1'))
    if (length === undefined || length === 0) {
      this.#refuse(`The input on ${this.#source} is not JSON-RPC with a Content-Length header.`)
    } else if (length > this.#maxBytes()) {
      this.#refuse(`A message on ${this.#source} announces more than ${this.#maxBytes()} bytes.`)
    } else {
      this.#bodyBytesLeft = length
      this.push(header)
    }
  }

  #refuse(sentence: string): void {
    this.#violation = sentence
    this.#header = []
    this.push(null)
  }
}

/** The announced length, or `undefined` unless the header is exactly one Content-Length and at most a UTF-8 Content-Type. */
function parseContentLength(header: string): number | undefined {
  let length: number | undefined
  for (const line of header.slice(0, -4).split('\r\n')) {
    const announced = /^content-length:[ \t]*(\d{1,15})[ \t]*$/i.exec(line)?.[1]
    if (announced !== undefined && length === undefined) length = Number(announced)
    else if (!/^content-type:[ \t]*[\w.+/-]+(;[ \t]*charset="?utf-?8"?)?[ \t]*$/i.test(line)) return undefined
  }
  return length
}
