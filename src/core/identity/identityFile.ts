/**
 * The sealed identity on disk. A random data key seals the identity (and every row of the store); the data key itself
 * is wrapped twice: by the key in the editor's secret storage and by the recovery phrase. Either one opens everything.
 */
import { concat, isEqual } from '../codec/bytes.ts'
import { decodeAll, Writer, type Reader } from '../codec/codec.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import {
  domain,
  hash,
  hashBytes,
  keyBytes,
  nonceBytes,
  open,
  publicKeyBytes,
  seal,
  tagBytes,
} from '../crypto/primitives.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { maxDeviceListBytes, maxFormerDevices } from './deviceList.ts'
import { entropyBytes } from './recoveryPhrase.ts'

/** What the identity file holds. */
export interface SealedIdentityFile {
  readonly version: 1
  /** The data key under the key in the secret storage. */
  readonly wrappedBySecret: Uint8Array
  /** The data key under the recovery key of the phrase. */
  readonly wrappedByPhrase: Uint8Array
  /** The encoded `IdentitySecrets` under the data key. */
  readonly sealedIdentity: Uint8Array
}

/** What is inside the sealed identity. */
export interface IdentitySecrets {
  /** The display name, 1 to `maxNameBytes` of UTF-8. */
  readonly name: string
  /** The Ed25519 seed of the person's root, 32 bytes. */
  readonly rootSeed: Uint8Array
  /** The Ed25519 seed of this device, 32 bytes. */
  readonly deviceSeed: Uint8Array
  /** Where this device's daily addresses come from, 32 bytes. */
  readonly addressSecret: Uint8Array
  /** The signed device list. */
  readonly deviceList: Uint8Array
  /** Behind the recovery phrase, 32 bytes; only until the phrase is confirmed. */
  readonly entropy?: Uint8Array
  /** How often the store was opened and closed: a store that says less is an older copy. 0: there was none yet. */
  readonly generation: number
  /** The keys of devices that this one has taken the place of, oldest first: their logs are this person's own. */
  readonly formerDevices: readonly Uint8Array[]
  /** Since when contacts are waited for who are not known here any more, in milliseconds since 1970. */
  readonly reunionSince?: number
}

const fileVersion = 1
const secretsVersion = 2
const magic = encodeUtf8('TINCAN')
const wrappedBytes = nonceBytes + keyBytes + tagBytes
const maxSealedBytes = 4096
const maxFileBytes = 8192
const dataKeyPurpose = domain('tincan data key')
const identityPurpose = domain('tincan identity')

/**
 * The bytes of the file: `magic || version || fields || BLAKE2b-256 of all before`. Throws a plain error for fields of a
 * wrong size: a file that cannot be read again would be a lost identity.
 */
export function encodeIdentityFile(file: SealedIdentityFile): Uint8Array {
  const content = new Writer(1024)
    .fixed(magic)
    .uint8(file.version)
    .bytes(file.wrappedBySecret)
    .bytes(file.wrappedByPhrase)
    .bytes(file.sealedIdentity)
    .finish()
  const bytes = concat(content, hash(content))
  if (decodeIdentityFile(bytes) === undefined) throw new RangeError('Not an identity file')
  return bytes
}

/**
 * The file in its bytes, in memory of its own, or `undefined` if they are damaged. The checksum is no protection
 * against tampering, which the seals are: it tells damage from a wrong secret.
 */
export function decodeIdentityFile(bytes: Uint8Array): SealedIdentityFile | undefined {
  if (bytes.length < hashBytes || bytes.length > maxFileBytes) return undefined
  const content = concat(bytes.subarray(0, bytes.length - hashBytes))
  if (!isEqual(hash(content), bytes.subarray(content.length))) return undefined
  return decodeAll(content, readFile)
}

function readFile(reader: Reader): SealedIdentityFile | undefined {
  if (!isEqual(reader.fixed(magic.length), magic) || reader.uint8() !== fileVersion) return undefined
  const wrappedBySecret = reader.bytes(wrappedBytes)
  const wrappedByPhrase = reader.bytes(wrappedBytes)
  const sealedIdentity = reader.bytes(maxSealedBytes)
  const hasRightSizes = wrappedBySecret.length === wrappedBytes && wrappedByPhrase.length === wrappedBytes
  return hasRightSizes ? { version: fileVersion, wrappedBySecret, wrappedByPhrase, sealedIdentity } : undefined
}

/** The bytes of the secrets, to be sealed at once. Throws a plain error for fields out of their bounds. */
export function encodeIdentitySecrets(secrets: IdentitySecrets): Uint8Array {
  const writer = new Writer(1024).uint8(secretsVersion).string(secrets.name)
  writer
    .fixed(secrets.rootSeed)
    .fixed(secrets.deviceSeed)
    .fixed(secrets.addressSecret)
    .bytes(secrets.deviceList)
    .optional(secrets.entropy, (entropy) => writer.fixed(entropy))
    .uint(secrets.generation)
    .uint(secrets.formerDevices.length)
  for (const device of secrets.formerDevices) writer.fixed(device)
  writer.optional(secrets.reunionSince, (since) => writer.uint(since))
  const bytes = writer.finish()
  if (decodeIdentitySecrets(bytes) === undefined) throw new RangeError('Not the secrets of an identity')
  return bytes
}

/** The secrets in their bytes, in memory of their own, or `undefined` if anything is malformed or out of its bounds. */
export function decodeIdentitySecrets(bytes: Uint8Array): IdentitySecrets | undefined {
  return decodeAll(concat(bytes), readSecrets)
}

function readSecrets(reader: Reader): IdentitySecrets | undefined {
  const version = reader.uint8()
  if (version < 1 || version > secretsVersion) return undefined
  const name = reader.string(maxNameBytes)
  const rootSeed = reader.fixed(keyBytes)
  const deviceSeed = reader.fixed(keyBytes)
  const addressSecret = reader.fixed(keyBytes)
  const deviceList = reader.bytes(maxDeviceListBytes)
  const entropy = reader.optional(() => reader.fixed(entropyBytes))
  const generation = version === 1 ? 0 : reader.uint(Number.MAX_SAFE_INTEGER)
  const formerDevices = version === 1 ? [] : reader.list(maxFormerDevices, () => reader.fixed(publicKeyBytes))
  if (name === '') return undefined
  const reunionSince = version === 1 ? undefined : reader.optional(() => reader.uint(Number.MAX_SAFE_INTEGER))
  const secrets = { name, rootSeed, deviceSeed, addressSecret, deviceList, generation, formerDevices }
  return { ...secrets, ...(entropy && { entropy }), ...(reunionSince !== undefined && { reunionSince }) }
}

/** The data key (32 bytes) under a wrapping key (32 bytes). `nonce`: 24 fresh random bytes. */
export function wrapDataKey(wrappingKey: Uint8Array, dataKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (dataKey.length !== keyBytes) throw new RangeError('A data key has 32 bytes')
  return seal(wrappingKey, nonce, dataKey, dataKeyPurpose)
}

/** The data key, or `undefined` if the wrapping key is not the one it was wrapped with. */
export function unwrapDataKey(wrappingKey: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  return wrapped.length === wrappedBytes ? open(wrappingKey, wrapped, dataKeyPurpose) : undefined
}

/** The identity under the data key. `nonce`: 24 fresh random bytes. */
export function sealIdentity(dataKey: Uint8Array, secrets: IdentitySecrets, nonce: Uint8Array): Uint8Array {
  return seal(dataKey, nonce, encodeIdentitySecrets(secrets), identityPurpose)
}

/** The identity, or `undefined` if the data key is not the one it was sealed with or the content is malformed. */
export function openIdentity(dataKey: Uint8Array, sealed: Uint8Array): IdentitySecrets | undefined {
  const bytes = open(dataKey, sealed, identityPurpose)
  return bytes === undefined ? undefined : decodeIdentitySecrets(bytes)
}
