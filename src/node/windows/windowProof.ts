import { concat, isEqual } from '../../core/codec/bytes.ts'
import { keyedHash } from '../../core/crypto/primitives.ts'

/** What windows say to each other, as a number: only those of the same one understand each other. */
export const windowProtocol = 1
/** The bytes of a nonce and of a proof. */
export const proofBytes = 32

/** What both ends of one connection know, and what each proof is bound to. */
export interface Introduction {
  /** 32 fresh random bytes of each end. */
  readonly followerNonce: Uint8Array
  readonly leaderNonce: Uint8Array
  readonly epoch: number
}

/** Proves that this end has the key; different for each role and each connection. 32 bytes. */
export function proveWindow(key: Uint8Array, role: 'leader' | 'follower', introduction: Introduction): Uint8Array {
  const { followerNonce, leaderNonce, epoch } = introduction
  const number = new Uint8Array(8)
  new DataView(number.buffer).setFloat64(0, epoch)
  return keyedHash(key, `tincan window ${role}`, concat(followerNonce, leaderNonce), number)
}

/** Whether `proof` is that of the other end. */
export function isWindowProof(
  proof: Uint8Array,
  key: Uint8Array,
  role: 'leader' | 'follower',
  introduction: Introduction,
): boolean {
  return isEqual(proof, proveWindow(key, role, introduction))
}
