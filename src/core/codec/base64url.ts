/** Base64 with the URL-safe alphabet and no padding (RFC 4648, section 5). */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values: ReadonlyMap<string, number> = new Map([...alphabet].map((digit, value) => [digit, value]))

/** Four digits for every three bytes; the last one or two bytes take two or three. */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  let pending = 0
  let bits = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += alphabet.charAt((pending >> bits) & 63)
    }
    pending &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + alphabet.charAt((pending << (6 - bits)) & 63)
}

/**
 * The bytes of a text that `toBase64url` could have made. `undefined` for every other text: foreign characters, padding,
 * an impossible length, or left-over bits that are not zero, so that no two texts give the same bytes.
 */
export function fromBase64url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8))
  let length = 0
  let pending = 0
  let bits = 0
  for (const digit of text) {
    const value = values.get(digit)
    if (value === undefined) return undefined
    pending = (pending << 6) | value
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = pending >> bits
      pending &= (1 << bits) - 1
    }
  }
  return pending === 0 ? bytes : undefined
}
