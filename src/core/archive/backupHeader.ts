/**
 * The beginning of a backup, in clear: `magic || version || fields || first 8 bytes of BLAKE2b-256 of all before`. The
 * checksum tells damage from a wrong secret; every chunk that follows is bound to the whole header by its seal.
 */
import { concat, isEqual } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import { hash, keyedHash } from '../crypto/primitives.ts'

/** What a backup says about itself. */
export interface BackupHeader {
  readonly opensWith: 'phrase' | 'passphrase'
  /** Milliseconds since 1970. */
  readonly madeAt: number
  /** 16 bytes. */
  readonly salt: Uint8Array
  /** How much work a passphrase costs (Argon2id); 0 for a phrase, which needs none. */
  readonly operations: number
  readonly memoryBytes: number
  /** 16 bytes that only the right key yields. */
  readonly check: Uint8Array
}

const magic = encodeUtf8('TINCANBK')
const version = 1
export const saltBytes = 16
const checkBytes = 16
const checksumBytes = 8
/** The bytes of a header of this version. */
export const headerBytes = magic.length + 1 + 1 + 8 + saltBytes + 4 + 4 + checkBytes + checksumBytes

/** The most work that a backup may ask for before anything of it is believed: 1 GiB, 16 times. */
const maxOperations = 16
const maxMemoryKib = 1024 * 1024

export function encodeBackupHeader(header: BackupHeader): Uint8Array {
  const content = new Writer(headerBytes)
    .fixed(magic)
    .uint8(version)
    .uint8(header.opensWith === 'phrase' ? 1 : 2)
    .fixed(fixedNumber(header.madeAt, 8))
    .fixed(header.salt)
    .fixed(fixedNumber(header.operations, 4))
    .fixed(fixedNumber(header.memoryBytes / 1024, 4))
    .fixed(header.check)
    .finish()
  return concat(content, hash(content).subarray(0, checksumBytes))
}

/** The header at the beginning of a file, `'newer'` for one of a later version, or `undefined` for anything else. */
export function decodeBackupHeader(bytes: Uint8Array): BackupHeader | 'newer' | undefined {
  if (bytes.length <= magic.length || !isEqual(bytes.subarray(0, magic.length), magic)) return undefined
  if ((bytes[magic.length] as number) > version) return 'newer'
  if (bytes.length < headerBytes) return undefined
  const content = concat(bytes.subarray(0, headerBytes - checksumBytes))
  if (!isEqual(hash(content).subarray(0, checksumBytes), bytes.subarray(content.length, headerBytes))) return undefined
  return decodeAll(content, (reader) => {
    reader.fixed(magic.length)
    if (reader.uint8() !== version) return undefined
    const kind = reader.uint8()
    const madeAt = numberOf(reader.fixed(8))
    const salt = reader.fixed(saltBytes)
    const operations = numberOf(reader.fixed(4))
    const memoryKib = numberOf(reader.fixed(4))
    const check = reader.fixed(checkBytes)
    const isBounded = operations <= maxOperations && memoryKib <= maxMemoryKib && Number.isSafeInteger(madeAt)
    if (!isBounded || (kind !== 1 && kind !== 2)) return undefined
    const opensWith = kind === 1 ? 'phrase' : 'passphrase'
    return { opensWith, madeAt, salt, operations, memoryBytes: memoryKib * 1024, check }
  })
}

/** The `check` of a key. */
export const checkOf = (key: Uint8Array): Uint8Array => keyedHash(key, 'tincan backup check').subarray(0, checkBytes)

/** Big-endian. */
function fixedNumber(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}

const numberOf = (bytes: Uint8Array): number => bytes.reduce((value, byte) => value * 256 + byte, 0)
