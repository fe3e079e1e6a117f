/**
 * The safety number: 60 digits that two people compare to know that nobody sits between them. Computed as Signal's
 * numeric fingerprint is (`NumericFingerprintGenerator` of libsignal), over our root keys and with our own domain.
 */
import { concat } from '../codec/bytes.ts'
import { domain, publicKeyBytes, sha512 } from '../crypto/primitives.ts'

const iterations = 5200
const groupSize = 5
const groupsEach = 6
const scannedBytes = 32
/** Signal's fingerprint version 0 in two bytes, then our name: no number of ours is ever one of Signal's. */
const prefix = concat(new Uint8Array([0, 0]), domain('tincan safety number'))

/** The 60 digits of two people's root public keys (32 bytes each): the same for both of them. */
export function safetyNumber(ours: Uint8Array, theirs: Uint8Array): string {
  return joinFingerprints(personDigits(ours), personDigits(theirs))
}

/** The number as it is shown: 12 groups of 5 digits. */
export function groupDigits(number: string): string[] {
  return number.match(/.{1,5}/g) ?? []
}

/** A person is named by its root key alone, so that key is the stable identifier as well. */
function personDigits(person: Uint8Array): string {
  if (person.length !== publicKeyBytes) throw new RangeError('A root key has 32 bytes')
  return fingerprintDigits(prefix, person, person, iterations)
}

/** Two people's 30 digits each, the smaller first. */
export function joinFingerprints(a: string, b: string): string {
  return a < b ? a + b : b + a
}

/** One side's 30 digits: the first 30 bytes of its fingerprint, five at a time as a big-endian number modulo 100,000. */
export function fingerprintDigits(
  prefix: Uint8Array,
  stableIdentifier: Uint8Array,
  publicKey: Uint8Array,
  rounds: number,
): string {
  const fingerprint = iteratedHash(prefix, stableIdentifier, publicKey, rounds)
  let digits = ''
  for (let group = 0; group < groupsEach; group++) {
    let value = 0
    for (const byte of fingerprint.subarray(group * groupSize, (group + 1) * groupSize)) value = value * 256 + byte
    digits += String(value % 100_000).padStart(groupSize, '0')
  }
  return digits
}

/** The first 32 bytes of a person's fingerprint, as they stand in a code to be scanned. */
export function scannedFingerprint(person: Uint8Array): Uint8Array {
  return iteratedHash(prefix, person, person, iterations).subarray(0, scannedBytes)
}

/**
 * `SHA-512(prefix || publicKey || stableIdentifier || publicKey)`, then `SHA-512(hash || publicKey)` until `rounds` hashes
 * were made.
 */
function iteratedHash(
  prefix: Uint8Array,
  stableIdentifier: Uint8Array,
  publicKey: Uint8Array,
  rounds: number,
): Uint8Array {
  let fingerprint = sha512(concat(prefix, publicKey, stableIdentifier, publicKey))
  for (let round = 1; round < rounds; round++) fingerprint = sha512(concat(fingerprint, publicKey))
  return fingerprint
}
