import sodium from 'sodium-universal'
import { domain, nonceBytes, tagBytes } from '../crypto/primitives.ts'

const purpose = domain('tincan file block')

/**
 * XChaCha20-Poly1305 of a block under its file's key. The nonce is the block's number: a key is fresh for each file and
 * seals each of its blocks once, so none repeats, and no block passes for another.
 */
export function sealBlock(key: Uint8Array, block: number, plaintext: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(plaintext.length + tagBytes)
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

function nonceOf(block: number): Uint8Array {
  const nonce = new Uint8Array(nonceBytes)
  new DataView(nonce.buffer).setUint32(0, block)
  return nonce
}
