import { maxTitleBytes, maxTopicBytes } from '../../shared/rooms.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'

/** Invisible characters that reorder or hide text. */
const deceptive = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u
const lineBreaking = /[\p{Cc}\p{Zl}\p{Zp}]/u

/**
 * A room's title out of an untrusted value: one line, trimmed, NFC, 1 to `maxTitleBytes` of UTF-8, without control
 * characters and without the invisible ones that reorder or hide text. `undefined` for anything else.
 */
export function parseTitle(value: unknown): string | undefined {
  const title = parseText(value, maxTitleBytes)
  return title === undefined || title === '' || lineBreaking.test(title) ? undefined : title
}

/** A room's topic by the same rules, except that it may be empty and have line breaks and tabs. */
export function parseTopic(value: unknown): string | undefined {
  const topic = parseText(value, maxTopicBytes)
  return topic === undefined || lineBreaking.test(topic.replace(/[\n\t]/g, '')) ? undefined : topic
}

function parseText(value: unknown, maxBytes: number): string | undefined {
  if (typeof value !== 'string' || value.length > 4 * maxBytes || !isWellFormed(value)) return undefined
  const text = value.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  return deceptive.test(text) || encodeUtf8(text).length > maxBytes ? undefined : text
}
