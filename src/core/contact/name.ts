import { maxNameBytes } from '../../shared/service.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'

/**
 * A display name out of an untrusted value: trimmed, NFC, 1 to `maxNameBytes` of UTF-8, without control characters and
 * without the invisible ones that reorder or hide text. `undefined` for anything else.
 */
export function parseName(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 4 * maxNameBytes || !isWellFormed(value)) return undefined
  const name = value.normalize('NFC').trim()
  if (/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(name)) return undefined
  const { length } = encodeUtf8(name)
  return length >= 1 && length <= maxNameBytes ? name : undefined
}
