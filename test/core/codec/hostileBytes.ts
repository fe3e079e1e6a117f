/** What every parser of untrusted bytes must withstand. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { count } from '../../record/tally.ts'

/** Every strict beginning of `bytes`, the empty one included. */
export function truncations(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length }, (_, length) => bytes.slice(0, length))
}

/** `bytes` with each of its bits flipped in turn. */
export function bitFlips(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const flipped = bytes.slice()
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
    return flipped
  })
}

/** `bytes` with a byte more. */
export function extended(bytes: Uint8Array): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  return longer
}

/**
 * Feeds `examine` random bytes, and every truncation, bit flip and extension of `valid`, some of them mixed: whatever
 * `examine` asserts must hold for all, and it must not throw otherwise.
 */
export function withHostileBytes(valid: Uint8Array, examine: (bytes: Uint8Array) => void): void {
  const visit = (bytes: Uint8Array): void => {
    count({ badInputs: 1 })
    examine(bytes)
  }
  for (const bytes of [...truncations(valid), ...bitFlips(valid), extended(valid)]) visit(bytes)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2 * valid.length }), visit))
  const edit = fc.tuple(fc.nat(valid.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.nat(valid.length), (edits, length) => {
      const bytes = valid.slice(0, length)
      for (const [at, value] of edits) if (at < length) bytes[at] = value
      visit(bytes)
    }),
  )
}

/** Asserts that `parse` refuses all of them with `undefined`: for formats that a signature, tag or checksum covers. */
export function refusesHostileBytes(valid: Uint8Array, parse: (bytes: Uint8Array) => unknown): void {
  assert.notEqual(parse(valid), undefined)
  withHostileBytes(valid, (bytes) => {
    if (Buffer.compare(bytes, valid) !== 0) assert.equal(parse(bytes), undefined)
  })
}
