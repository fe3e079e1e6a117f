/**
 * How somebody who has lost everything but the recovery phrase, or the store with all contacts in it, is found again by
 * those contacts, and by nobody else. All of it comes from the person's root key, so that the phrase is enough.
 */
import { keyBytes, keyedHash, keyPairFromSeed } from '../crypto/primitives.ts'
import { addressKeyPair } from '../identity/addressKeys.ts'
import type { KeyPair } from '../ports/transport.ts'

/** What a contact keeps for the day on which somebody comes back with nothing. */
export interface Keepsake {
  /** Where the person will be found; known to all contacts. 32 bytes. */
  readonly secret: Uint8Array
  /** Tells the person, who alone can check it, that this very contact was one. 32 bytes. */
  readonly token: Uint8Array
}

/** The keepsake for a contact (its 32-byte person key). */
export function keepsakeFor(root: KeyPair, contact: Uint8Array): Keepsake {
  return { secret: reunionSecret(root), token: acquaintanceToken(root, contact) }
}

/** The secret that all contacts share with the holder of `root`. */
export function reunionSecret(root: KeyPair): Uint8Array {
  return keyedHash(seedOf(root), 'tincan reunion')
}

/** Only the holder of `root` can make it, and it is worth something for one contact alone. */
export function acquaintanceToken(root: KeyPair, contact: Uint8Array): Uint8Array {
  return keyedHash(keyedHash(seedOf(root), 'tincan acquaintances'), 'tincan acquaintance', contact)
}

/** Where the person listens on a UTC day. */
export function reunionAddress(secret: Uint8Array, day: number): KeyPair {
  return addressKeyPair(keyedHash(secret, 'tincan reunion address'), day)
}

/** The Noise key pair that every contact calls with: the firewall admits no other, and it tells nobody who calls. */
export function reunionCaller(secret: Uint8Array): KeyPair {
  return keyPairFromSeed(keyedHash(secret, 'tincan reunion caller'))
}

// The first half of an Ed25519 secret key is its seed (RFC 8032).
const seedOf = (root: KeyPair): Uint8Array => root.secretKey.subarray(0, keyBytes)
