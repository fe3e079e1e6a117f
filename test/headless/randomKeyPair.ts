import { randomBytes } from 'node:crypto'
import { keyPairFromSeed } from '../../src/core/crypto/primitives.ts'

/** A fresh Noise key pair, as `hyperdht` takes it. */
export function randomKeyPair(): { readonly publicKey: Buffer; readonly secretKey: Buffer } {
  const { publicKey, secretKey } = keyPairFromSeed(randomBytes(32))
  return { publicKey: Buffer.from(publicKey), secretKey: Buffer.from(secretKey) }
}
