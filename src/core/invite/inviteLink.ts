/**
 * An invite as it travels outside Tincan: in a mail, a chat, a note. The code is base64url of
 * `version || public key || secret || expiry || fingerprint || checksum`. Version 1 makes a contact, version 2 leads into
 * a room. Every version ends in the checksum, so that a
 * damaged code is told from one that a newer Tincan made.
 */
import { fromBase64url, toBase64url } from '../codec/base64url.ts'
import { concat, isEqual, toHex } from '../codec/bytes.ts'
import { decodeAll, Writer, type Reader } from '../codec/codec.ts'
import { domain, hash, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'

/** What the joiner needs to find the inviter, to prove that it was invited, and to know who answers. */
export interface InviteCode {
  /** The Ed25519 key of this invite's address, 32 bytes. */
  readonly publicKey: Uint8Array
  /** Known to the two sides only, 32 bytes. */
  readonly secret: Uint8Array
  /** Milliseconds since 1970; the link carries whole seconds. */
  readonly expiresAt: number
  /** `inviterFingerprint` of the inviter, 16 bytes. */
  readonly fingerprint: Uint8Array
  /** It leads into a room. */
  readonly isRoom?: true
}

/** What became of a link: `newer` if a later Tincan made it, `garbled` if it is incomplete, changed or no link at all. */
export type ParsedInviteLink =
  { readonly kind: 'ok'; readonly code: InviteCode } | { readonly kind: 'garbled' } | { readonly kind: 'newer' }

/** The bytes of an inviter's fingerprint. */
export const fingerprintBytes = 16
/** The most characters that are looked at for a link. */
export const maxLinkLength = 2048

const contactVersion = 1
const roomVersion = 2
const checksumBytes = 4
/** Until the year 2106. */
const maxExpirySeconds = 0xffff_ffff
const linkStart = 'vscode://tincan.tincan/join#'
const linkForm =
  /^(?:vscode|vscode-insiders|vscodium|code-oss|cursor|windsurf):\/\/tincan\.tincan\/join\/?(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/i

/** The first 16 bytes of a hash of a person's root key: names the inviter without giving the key away. */
export function inviterFingerprint(personKey: Uint8Array): Uint8Array {
  return concat(hash(concat(domain('tincan inviter fingerprint'), personKey)).subarray(0, fingerprintBytes))
}

/** A fingerprint to read aloud: lower-case hex digits in groups of four. */
export function fingerprintText(fingerprint: Uint8Array): string {
  return toHex(fingerprint).replace(/.{4}(?=.)/g, '$& ')
}

/** The link of an invite. `expiresAt` is rounded down to a second. Throws a plain error for fields of a wrong size. */
export function encodeInviteLink(code: InviteCode): string {
  const expiresAtSeconds = Math.floor(code.expiresAt / 1000)
  const hasRightSizes =
    code.publicKey.length === publicKeyBytes &&
    code.secret.length === keyBytes &&
    code.fingerprint.length === fingerprintBytes
  if (!hasRightSizes || !(expiresAtSeconds >= 0 && expiresAtSeconds <= maxExpirySeconds))
    throw new RangeError('Not an invite')
  const content = new Writer(128)
    .uint8(code.isRoom === true ? roomVersion : contactVersion)
    .fixed(code.publicKey)
    .fixed(code.secret)
    .uint(expiresAtSeconds)
    .fixed(code.fingerprint)
    .finish()
  return linkStart + toBase64url(concat(content, checksum(content)))
}

/**
 * Reads what somebody pasted: the link of any of the editors, with the code after `#` or as `?code=`, or the bare code.
 * White space, line breaks, quote marks and brackets that mail clients add are overlooked.
 */
export function parseInviteLink(text: string): ParsedInviteLink {
  if (text.length > maxLinkLength) return { kind: 'garbled' }
  const bytes = fromBase64url(findCode(text))
  if (bytes === undefined || bytes.length <= checksumBytes) return { kind: 'garbled' }
  const content = bytes.subarray(0, bytes.length - checksumBytes)
  if (!isEqual(checksum(content), bytes.subarray(content.length))) return { kind: 'garbled' }
  if ((content[0] as number) > roomVersion) return { kind: 'newer' }
  const code = decodeAll(content, readCode)
  return code === undefined ? { kind: 'garbled' } : { kind: 'ok', code }
}

function findCode(text: string): string {
  // None of these is part of a link, so they go wherever they stand; a full stop or comma ends a sentence, not a code.
  const bare = text.replace(/[\s<>()[\]"'`\u200b\ufeff]+/g, '').replace(/[.,;:!]+$/, '')
  const link = linkForm.exec(bare)?.groups
  if (link === undefined) return bare
  const { query = '', fragment = '' } = link
  // Either place, so that what an editor adds to the other one does not matter.
  if (fragment !== '') return fragment
  const inQuery = query.split('&').find((parameter) => parameter.startsWith('code='))
  return inQuery?.slice('code='.length) ?? ''
}

function readCode(reader: Reader): InviteCode | undefined {
  const version = reader.uint8()
  if (version !== contactVersion && version !== roomVersion) return undefined
  const publicKey = reader.fixed(publicKeyBytes)
  const secret = reader.fixed(keyBytes)
  const expiresAt = reader.uint(maxExpirySeconds) * 1000
  const fingerprint = reader.fixed(fingerprintBytes)
  const code = { publicKey, secret, expiresAt, fingerprint }
  return version === roomVersion ? { ...code, isRoom: true } : code
}

function checksum(content: Uint8Array): Uint8Array {
  return hash(concat(domain('tincan invite checksum'), content)).subarray(0, checksumBytes)
}
