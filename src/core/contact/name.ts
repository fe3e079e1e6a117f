import { maxNameBytes } from '../../shared/service.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'

/**
 * One line of text out of an untrusted value: trimmed, NFC, 1 to `maxBytes` of UTF-8, without control characters and
 * without the invisible ones that reorder or hide text. `undefined` for anything else.
 */
export function parseLine(value: unknown, maxBytes: number): string | undefined {
  if (typeof value !== 'string' || value.length > 4 * maxBytes || !isWellFormed(value)) return undefined
  const line = value.normalize('NFC').trim()
  if (/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(line)) return undefined
  const { length } = encodeUtf8(line)
  return length >= 1 && length <= maxBytes ? line : undefined
}

/** A display name out of an untrusted value: a line of at most `maxNameBytes`. */
export function parseName(value: unknown): string | undefined {
  return parseLine(value, maxNameBytes)
}
