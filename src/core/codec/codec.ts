/**
 * Bounded encoding and decoding on `compact-encoding`'s integers. A `Writer` grows; a `Reader` never reads past its
 * input and remembers the first failure instead of throwing, so that a decoder is a straight line of reads and one
 * look at `isComplete` at the end.
 */
import compactEncoding from 'compact-encoding'
import { decodeUtf8, encodeUtf8Into } from './utf8.ts'

/** How many bytes a whole number takes. */
const uintBytes = (value: number): number => (value <= 0xfc ? 1 : value <= 0xffff ? 3 : value <= 0xffffffff ? 5 : 9)

export class Writer {
  readonly #state: { start: number; end: number; buffer: Uint8Array }

  /** `capacity` is a guess in bytes, or memory of zeros to write into; the writer grows beyond it. */
  constructor(capacity: number | Uint8Array = 256) {
    const buffer = typeof capacity === 'number' ? new Uint8Array(capacity) : capacity
    this.#state = { start: 0, end: buffer.length, buffer }
  }

  /** Begins anew in the same memory: what was written before is gone. Not for a writer whose zeros count. */
  reset(): this {
    this.#state.start = 0
    return this
  }

  get length(): number {
    return this.#state.start
  }

  /** Makes sure that `size` more bytes fit. */
  #reserve(size: number): void {
    const { start, buffer } = this.#state
    if (start + size <= buffer.length) return
    const larger = new Uint8Array(Math.max(start + size, buffer.length * 2))
    larger.set(buffer.subarray(0, start))
    this.#state.buffer = larger
    this.#state.end = larger.length
  }

  /** One byte, 0–255. */
  uint8(value: number): this {
    this.#reserve(1)
    this.#state.buffer[this.#state.start++] = value
    return this
  }

  /** A whole number from 0 to 2^53 - 1 in 1, 3, 5 or 9 bytes. */
  uint(value: number): this {
    this.#reserve(uintBytes(value))
    compactEncoding.uint.encode(this.#state, value)
    return this
  }

  /** The bytes as they are; the reader must know their number. */
  fixed(bytes: Uint8Array): this {
    this.#reserve(bytes.length)
    this.#state.buffer.set(bytes, this.#state.start)
    this.#state.start += bytes.length
    return this
  }

  /** The bytes after their length. */
  bytes(bytes: Uint8Array): this {
    return this.uint(bytes.length).fixed(bytes)
  }

  /** UTF-8 after its length in bytes. */
  string(text: string): this {
    // Most text is ASCII: as many bytes as characters. Where that is wrong, it is written anew or moved.
    const guess = uintBytes(text.length)
    const write = (room: number): { read: number; written: number } => {
      this.#reserve(guess + room)
      return encodeUtf8Into(text, this.#state.buffer.subarray(this.#state.start + guess))
    }
    const first = write(text.length)
    const length = first.read === text.length ? first.written : write(3 * text.length).written
    const prefix = uintBytes(length)
    if (prefix !== guess) {
      this.#reserve(prefix + length)
      const { start, buffer } = this.#state
      buffer.copyWithin(start + prefix, start + guess, start + guess + length)
    }
    this.uint(length)
    this.#state.start += length
    return this
  }

  boolean(value: boolean): this {
    return this.uint8(value ? 1 : 0)
  }

  /** `write` for a value, preceded by a byte that says whether there is one. */
  optional<T>(value: T | undefined, write: (value: T) => void): this {
    this.boolean(value !== undefined)
    if (value !== undefined) write(value)
    return this
  }

  /** What was written. The writer must not be used afterwards, or only after `reset`, which ends the use of this. */
  finish(): Uint8Array {
    return this.#state.buffer.subarray(0, this.#state.start)
  }
}

const noBytes = new Uint8Array(0)

export class Reader {
  readonly #state: { start: number; end: number; buffer: Uint8Array }
  #failed = false

  constructor(bytes: Uint8Array) {
    this.#state = { start: 0, end: bytes.length, buffer: bytes }
  }

  /** Every read succeeded so far. */
  get isValid(): boolean {
    return !this.#failed
  }

  /** Every read succeeded and nothing is left. */
  get isComplete(): boolean {
    return !this.#failed && this.#state.start === this.#state.end
  }

  get remaining(): number {
    return this.#failed ? 0 : this.#state.end - this.#state.start
  }

  /** Marks the input as wrong: for a value out of its bounds. */
  fail(): void {
    this.#failed = true
  }

  /** One byte; 0 after a failure. */
  uint8(): number {
    const { start, end, buffer } = this.#state
    if (this.#failed || start >= end) {
      this.#failed = true
      return 0
    }
    this.#state.start++
    return buffer[start] as number
  }

  /** A whole number up to `max` (at most 2^53 - 1), in its shortest form; 0 after a failure. */
  uint(max: number): number {
    if (this.#failed) return 0
    const { start } = this.#state
    try {
      const value = compactEncoding.uint.decode(this.#state)
      const isShortest = this.#state.start - start === uintBytes(value)
      if (Number.isSafeInteger(value) && value >= 0 && value <= max && isShortest) return value
    } catch {
      // Truncated: falls through to the failure.
    }
    this.#failed = true
    return 0
  }

  /** Exactly `length` bytes, a view into the input; empty after a failure. */
  fixed(length: number): Uint8Array {
    const { start, end, buffer } = this.#state
    if (this.#failed || length > end - start) {
      this.#failed = true
      return noBytes
    }
    this.#state.start += length
    return buffer.subarray(start, start + length)
  }

  /** Length-prefixed bytes, at most `max`, a view into the input. */
  bytes(max: number): Uint8Array {
    return this.fixed(this.uint(max))
  }

  /** Length-prefixed UTF-8, at most `maxBytes`; invalid UTF-8 is a failure. */
  string(maxBytes: number): string {
    const text = decodeUtf8(this.bytes(maxBytes))
    if (text === undefined) this.#failed = true
    return text ?? ''
  }

  /** A byte that is 0 or 1; anything else is a failure. */
  boolean(): boolean {
    const value = this.uint8()
    if (value > 1) this.#failed = true
    return value === 1
  }

  optional<T>(read: () => T): T | undefined {
    return this.boolean() ? read() : undefined
  }

  /** At most `max` items, preceded by their number. Stops at the first failure. */
  list<T>(max: number, read: () => T): T[] {
    const count = this.uint(max)
    const items: T[] = []
    for (let i = 0; i < count && !this.#failed; i++) items.push(read())
    return items
  }
}

/** Runs `read` over all of `bytes`: its value, or `undefined` if anything was wrong, missing or left over. */
export function decodeAll<T>(bytes: Uint8Array, read: (reader: Reader) => T | undefined): T | undefined {
  const reader = new Reader(bytes)
  const value = read(reader)
  return reader.isComplete ? value : undefined
}
