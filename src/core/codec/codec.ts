/**
 * Bounded encoding and decoding on `compact-encoding`'s integers. A `Writer` grows; a `Reader` never reads past its
 * input and remembers the first failure instead of throwing, so that a decoder is a straight line of reads and one
 * look at `isComplete` at the end.
 */
import compactEncoding from 'compact-encoding'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

export class Writer {
  #bytes: Uint8Array
  #length = 0

  /** `capacity` is a guess in bytes; the writer grows beyond it. */
  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  #room(size: number): number {
    const start = this.#length
    const end = start + size
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, start))
      this.#bytes = larger
    }
    this.#length = end
    return start
  }

  /** One byte, 0–255. */
  uint8(value: number): this {
    const at = this.#room(1)
    this.#bytes[at] = value
    return this
  }

  /** A whole number from 0 to 2^53 - 1 in 1, 3, 5 or 9 bytes. */
  uint(value: number): this {
    const state = compactEncoding.state()
    compactEncoding.uint.preencode(state, value)
    const start = this.#room(state.end)
    compactEncoding.uint.encode({ start, end: this.#length, buffer: this.#bytes }, value)
    return this
  }

  /** The bytes as they are; the reader must know their number. */
  fixed(bytes: Uint8Array): this {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
    return this
  }

  /** The bytes after their length. */
  bytes(bytes: Uint8Array): this {
    return this.uint(bytes.length).fixed(bytes)
  }

  /** UTF-8 after its length in bytes. */
  string(text: string): this {
    return this.bytes(encodeUtf8(text))
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

  /** What was written. The writer must not be used afterwards. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
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
      const shortest = value <= 0xfc ? 1 : value <= 0xffff ? 3 : value <= 0xffffffff ? 5 : 9
      if (Number.isSafeInteger(value) && value >= 0 && value <= max && this.#state.start - start === shortest)
        return value
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
