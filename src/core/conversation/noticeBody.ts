import type { PersonId } from '../../shared/ids.ts'
import type { NoticeBody } from '../../shared/service.ts'
import { idBytes, isEqual, toHex } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import { hashBytes, publicKeyBytes } from '../crypto/primitives.ts'

/** From this version on, the id of the row stands right behind the version. */
const boundVersion = 2

// The position in this list is what is stored: append only.
const kinds: readonly NoticeBody['notice'][] = [
  'contact-added',
  'keys-changed',
  'verified',
  'unverified',
  'conflicting-history',
  'flooding',
]

/** The bytes of a notice whose row has this id: that id stands in clear, and this binds it to the seal. */
export function encodeNotice(notice: NoticeBody, at: number, id: Uint8Array): Uint8Array {
  return new Writer(96)
    .uint8(boundVersion)
    .fixed(id)
    .uint8(kinds.indexOf(notice.notice))
    .uint(at)
    .fixed(idBytes(notice.person))
    .finish()
}

/**
 * The notice and when it was written, or `undefined` if it was written by a newer version, is damaged, or stands in a row
 * of another id than this.
 */
export function decodeNotice(bytes: Uint8Array, id: Uint8Array): { body: NoticeBody; at: number } | undefined {
  if (!isNoticeOf(bytes, id)) return undefined
  return decodeAll(bytes, (reader) => {
    const version = reader.uint8()
    if (version > boundVersion) reader.fail()
    if (version === boundVersion) reader.fixed(hashBytes)
    const notice = kinds[reader.uint8()]
    const at = reader.uint(Number.MAX_SAFE_INTEGER)
    const person = toHex(reader.fixed(publicKeyBytes)) as PersonId
    return notice && { body: { kind: 'notice', notice, person }, at }
  })
}

/** Whether the bytes of a notice name the id of their row. */
export const isBound = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >= boundVersion

/** Whether the bytes of a notice, of this version or a later one, belong to a row of this id. Those of version 1 do not say. */
export function isNoticeOf(bytes: Uint8Array, id: Uint8Array): boolean {
  return bytes[0] === 1 || (isBound(bytes) && isEqual(bytes.subarray(1, 1 + hashBytes), id))
}
