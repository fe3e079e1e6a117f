/** Small things about bytes that every codec needs. */
import sodium from 'sodium-universal'

const digits = '0123456789abcdef'
const digitCodes = Array.from(digits, (digit) => digit.charCodeAt(0))
/** By character code; -1 where it is no hex digit. */
const digitValues = Array.from({ length: 128 }, (_, code) => digits.indexOf(String.fromCharCode(code).toLowerCase()))
/** So many bytes become one string, without the strings that it would be put together from. */
const hexChunkBytes = 64

/** Lower-case hex of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += hexChunkBytes) {
    const end = Math.min(at + hexChunkBytes, bytes.length)
    const codes: number[] = []
    for (let i = at; i < end; i++) {
      const byte = bytes[i] as number
      codes.push(digitCodes[byte >>> 4] as number, digitCodes[byte & 15] as number)
    }
    text += String.fromCharCode(...codes)
  }
  return text
}

/** The bytes of an even number of hex digits in either case, or `undefined`. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = digitValues[text.charCodeAt(2 * i)] ?? -1
    const low = digitValues[text.charCodeAt(2 * i + 1)] ?? -1
    if (high < 0 || low < 0) return undefined
    bytes[i] = high * 16 + low
  }
  return bytes
}

/** The bytes of one of our own branded ids, which are hex by construction. */
export function idBytes(id: string): Uint8Array {
  const bytes = fromHex(id)
  if (bytes === undefined) throw new Error('Not an id')
  return bytes
}

/** The parts one after the other, in fresh memory. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Whether two values are the same bytes, in time that depends on their lengths alone. */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && (a.length === 0 || sodium.sodium_memcmp(a, b))
}

/** -1, 0 or 1: lexicographic order of unsigned bytes. Not for secrets. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(a.length - b.length)
}

/** The same bytes in memory of their own: what a reader gives is a view that would keep a whole packet alive. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
