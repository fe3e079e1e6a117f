import sodium from 'sodium-universal'
import { isEqual } from '../codec/bytes.ts'
import { domain, keyBytes, nonceBytes, tagBytes } from '../crypto/primitives.ts'

const purpose = domain('tincan file block')
const padding = new Uint8Array(16)

/**
 * XChaCha20-Poly1305 of a block under its file's key. The nonce is the block's number: a key is fresh for each file and
 * seals each of its blocks once, so none repeats, and no block passes for another. `memory`: where it goes, at the beginning.
 */
export function sealBlock(
  key: Uint8Array,
  block: number,
  plaintext: Uint8Array,
  memory = new Uint8Array(plaintext.length + tagBytes),
): Uint8Array {
  const sealed = memory.subarray(0, plaintext.length + tagBytes)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plaintext, purpose, null, nonceOf(block), key)
  return sealed
}

/** What `sealBlock` put in; `undefined` for any other key, block or bytes. */
export function openBlock(key: Uint8Array, block: number, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < tagBytes) return undefined
  const plaintext = new Uint8Array(sealed.length - tagBytes)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plaintext, null, sealed, purpose, nonceOf(block), key)
  } catch {
    return undefined
  }
  return plaintext
}

/**
 * Whether `openBlock` would open it. Only the authenticator is computed (Poly1305 over the ciphertext, RFC 8439, section 2.8,
 * with the nonce and the first key of XChaCha20): a quarter of what it costs to hash the block.
 */
export function isSealedBlock(key: Uint8Array, block: number, sealed: Uint8Array): boolean {
  const length = sealed.length - tagBytes
  if (length < 0) return false
  const oneTimeKey = new Uint8Array(keyBytes)
  sodium.crypto_stream_xchacha20(oneTimeKey, nonceOf(block), key)
  const lengths = new Uint8Array(16)
  const view = new DataView(lengths.buffer)
  view.setUint32(0, purpose.length, true)
  view.setUint32(8, length, true)
  const state = new Uint8Array(sodium.crypto_onetimeauth_STATEBYTES)
  sodium.crypto_onetimeauth_init(state, oneTimeKey)
  for (const input of [purpose, sealed.subarray(0, length)]) {
    sodium.crypto_onetimeauth_update(state, input)
    sodium.crypto_onetimeauth_update(state, padding.subarray(0, -input.length & 15))
  }
  sodium.crypto_onetimeauth_update(state, lengths)
  const tag = new Uint8Array(tagBytes)
  sodium.crypto_onetimeauth_final(state, tag)
  return isEqual(tag, sealed.subarray(length))
}

function nonceOf(block: number): Uint8Array {
  const nonce = new Uint8Array(nonceBytes)
  new DataView(nonce.buffer).setUint32(0, block)
  return nonce
}
