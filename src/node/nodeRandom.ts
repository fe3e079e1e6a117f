import sodium from 'sodium-universal'
import type { Random } from '../core/ports/random.ts'

/** The system's cryptographic randomness, as libsodium gives it. */
export const nodeRandom: Random = {
  bytes(length) {
    const bytes = new Uint8Array(length)
    if (length > 0) sodium.randombytes_buf(bytes)
    return bytes
  },
}
