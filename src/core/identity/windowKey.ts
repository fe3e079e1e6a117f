import { keyedHash } from '../crypto/primitives.ts'
import { decodeIdentityFile, unwrapDataKey } from './identityFile.ts'

/**
 * The key with which the windows of one person prove to each other that they are theirs: 32 bytes, derived from the data
 * key, which itself is forgotten again. It opens nothing on disk. `undefined` where the identity is missing, damaged or
 * locked: `file` is the whole identity file, `secret` the wrapping key.
 */
export function windowKey(file: Uint8Array | undefined, secret: Uint8Array | undefined): Uint8Array | undefined {
  const identity = file && decodeIdentityFile(file)
  const dataKey = identity && secret && unwrapDataKey(secret, identity.wrappedBySecret)
  if (dataKey === undefined) return undefined
  const key = keyedHash(dataKey, 'tincan windows')
  dataKey.fill(0)
  return key
}
