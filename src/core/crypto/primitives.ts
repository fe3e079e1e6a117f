/**
 * The few primitives everything else is built from, as libsodium has them. Each use of a hash or a derivation names
 * its purpose in a domain string, so that no value made for one purpose can serve another.
 */
import sodium from 'sodium-universal'
import type { KeyPair } from '../ports/transport.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import { concat } from '../codec/bytes.ts'

export const hashBytes = 32
export const keyBytes = 32
export const publicKeyBytes = 32
export const signatureBytes = 64
export const nonceBytes = 24
export const tagBytes = 16

/** BLAKE2b-256 of the input (RFC 7693). */
export function hash(input: Uint8Array): Uint8Array {
  const output = new Uint8Array(hashBytes)
  sodium.crypto_generichash(output, input)
  return output
}

/** The same into memory of the caller, 32 bytes. */
export function hashInto(output: Uint8Array, input: Uint8Array): void {
  sodium.crypto_generichash(output, input)
}

/** SHA-256 of the input (FIPS 180-4): only for what people compare with other tools. */
export function sha256(input: Uint8Array): Uint8Array {
  const output = new Uint8Array(hashBytes)
  sodium.crypto_hash_sha256(output, input)
  return output
}

/** SHA-512 of the input (FIPS 180-4): only where an algorithm of others asks for it. */
export function sha512(input: Uint8Array): Uint8Array {
  const output = new Uint8Array(64)
  sodium.crypto_hash_sha512(output, input)
  return output
}

/** A domain string as it goes into a hash: its length in one byte, then its bytes, so that no two domains collide. */
export function domain(name: string): Uint8Array {
  const bytes = encodeUtf8(name)
  return concat(new Uint8Array([bytes.length]), bytes)
}

/** Keyed BLAKE2b-256 of the domain and the parts. The caller gives parts of fixed length, or their lengths as well. */
export function keyedHash(key: Uint8Array, purpose: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const output = new Uint8Array(hashBytes)
  sodium.crypto_generichash(output, concat(domain(purpose), ...parts), key)
  return output
}

/** The Ed25519 key pair of a 32-byte seed (RFC 8032). */
export function keyPairFromSeed(seed: Uint8Array): KeyPair {
  const publicKey = new Uint8Array(32)
  const secretKey = new Uint8Array(64)
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  return { publicKey, secretKey }
}

/** An Ed25519 signature (64 bytes) over `message`. */
export function sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  const signature = new Uint8Array(signatureBytes)
  sodium.crypto_sign_detached(signature, message, secretKey)
  return signature
}

/** Whether `signature` is `publicKey`'s over `message`. False for lengths that cannot be right and for small-order keys. */
export function isSignatureValid(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureBytes || publicKey.length !== publicKeyBytes) return false
  return sodium.crypto_sign_verify_detached(signature, message, publicKey)
}

/**
 * Adds one to a nonce (24 bytes), read as a big-endian number. Counting up from fresh random bytes is as unlikely to repeat
 * a nonce as asking for random bytes each time, and much faster.
 */
export function incrementNonce(nonce: Uint8Array): void {
  for (let i = nonce.length - 1; i >= 0; i--) {
    const byte = ((nonce[i] as number) + 1) & 0xff
    nonce[i] = byte
    if (byte !== 0) return
  }
}

/** Where results go: `size` zero bytes. */
export type Allocate = (size: number) => Uint8Array
const allocateOwn: Allocate = (size) => new Uint8Array(size)

/** XChaCha20-Poly1305: nonce (24 bytes, fresh and random) || ciphertext || tag (16 bytes). */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  associatedData: Uint8Array,
  allocate = allocateOwn,
): Uint8Array {
  const sealed = allocate(nonceBytes + plaintext.length + tagBytes)
  sealed.set(nonce)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    sealed.subarray(nonceBytes),
    plaintext,
    associatedData,
    null,
    nonce,
    key,
  )
  return sealed
}

/** What `seal` put in, or `undefined` if the key, the bytes or the associated data are not the same. */
export function open(
  key: Uint8Array,
  sealed: Uint8Array,
  associatedData: Uint8Array,
  allocate = allocateOwn,
): Uint8Array | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined
  const plaintext = allocate(sealed.length - nonceBytes - tagBytes)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      plaintext,
      null,
      sealed.subarray(nonceBytes),
      associatedData,
      sealed.subarray(0, nonceBytes),
      key,
    )
  } catch {
    return undefined
  }
  return plaintext
}

/** PBKDF2-HMAC-SHA-512 (RFC 8018): 64 bytes, only where an algorithm of others asks for it.  */
export function pbkdf2(password: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  const output = new Uint8Array(64)
  sodium.extension_pbkdf2_sha512(output, password, salt, rounds, output.length)
  return output
}

/** Argon2id (RFC 9106) of a password; `undefined` where the machine has not the memory, or the work is out of its bounds. */
export function passwordHash(
  size: number,
  password: Uint8Array,
  salt: Uint8Array,
  operations: number,
  memoryBytes: number,
): Uint8Array | undefined {
  const output = new Uint8Array(size)
  try {
    sodium.crypto_pwhash(output, password, salt, operations, memoryBytes, sodium.crypto_pwhash_ALG_ARGON2ID13)
    return output
  } catch {
    return undefined
  }
}
