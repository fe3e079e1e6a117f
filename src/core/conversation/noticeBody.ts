import type { PersonId } from '../../shared/ids.ts'
import type { NoticeBody } from '../../shared/service.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'

// The position in this list is what is stored: append only.
const kinds: readonly NoticeBody['notice'][] = [
  'contact-added',
  'keys-changed',
  'verified',
  'unverified',
  'conflicting-history',
  'flooding',
]

export function encodeNotice(notice: NoticeBody, at: number): Uint8Array {
  return new Writer(64).uint8(1).uint8(kinds.indexOf(notice.notice)).uint(at).fixed(idBytes(notice.person)).finish()
}

/** The notice and when it was written, or `undefined` if it was written by a newer version or is damaged. */
export function decodeNotice(bytes: Uint8Array): { body: NoticeBody; at: number } | undefined {
  return decodeAll(bytes, (reader) => {
    if (reader.uint8() !== 1) reader.fail()
    const notice = kinds[reader.uint8()]
    const at = reader.uint(Number.MAX_SAFE_INTEGER)
    const person = toHex(reader.fixed(32)) as PersonId
    return notice && { body: { kind: 'notice', notice, person }, at }
  })
}
