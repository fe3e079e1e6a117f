import { maxPatchBytes } from '../../shared/code.ts'
import { parseMessageId, parsePersonId, type PersonId } from '../../shared/ids.ts'
import type { Placed } from '../../shared/messages.ts'
import { maxMentions } from '../../shared/rooms.ts'
import { maxTextBytes, type SendBody, type TextBody, type WrittenBody } from '../../shared/service.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'
import { isFields, type BodyFields } from './bodyFields.ts'
import { parsePatchBody, parsePatchResult, parseSnippet } from './codeBodies.ts'

/**
 * What somebody wants to send, from untrusted parameters: a fresh object that holds the known fields only.
 *
 * Answers `'too-long'` when the text is over `maxTextBytes` of UTF-8 (`maxPatchBytes` for a patch), and `undefined` when
 * anything else is wrong: an unknown kind, a field of the wrong type or out of its bounds, text that is blank or is not
 * well-formed Unicode.
 */
export function parseSendBody(value: unknown): SendBody | 'too-long' | undefined {
  if (!isFields(value)) return undefined
  const place = parsePlace(value)
  const { kind, text } = value
  if (place === undefined || typeof text !== 'string') return undefined
  if (isLongerThan(text, kind === 'patch' ? maxPatchBytes : maxTextBytes)) return 'too-long'
  if (!isWellFormed(text) || text.trim() === '') return undefined
  const body = parseKind(value, text)
  return body && { ...body, ...place }
}

function parseKind(value: BodyFields, text: string): SendBody | undefined {
  switch (value['kind']) {
    case 'text':
      return parseMentions(value, text)
    case 'snippet':
      return parseSnippet(value, text)
    case 'patch':
      return parsePatchBody(value, text)
    default:
      return undefined
  }
}

/** The same for everything that a device may write, also what no user sends as it is. */
export function parseWrittenBody(value: unknown): WrittenBody | 'too-long' | undefined {
  return isFields(value) && value['kind'] === 'patch-result' ? parsePatchResult(value) : parseSendBody(value)
}

/** Where a message stands, from untrusted fields; `undefined` when one of them is wrong. */
export function parsePlace({ replyTo, thread, forwarded }: BodyFields): Placed | undefined {
  const place: { -readonly [K in keyof Placed]: Placed[K] } = {}
  for (const [name, value] of [
    ['replyTo', replyTo],
    ['thread', thread],
  ] as const) {
    if (value === undefined) continue
    const message = parseMessageId(value)
    if (message === undefined) return undefined
    place[name] = message
  }
  if (forwarded === undefined) return place
  return forwarded === true ? { ...place, forwarded } : undefined
}

function parseMentions({ mentions }: BodyFields, text: string): TextBody | undefined {
  if (mentions === undefined) return { kind: 'text', text }
  if (!Array.isArray(mentions) || mentions.length > maxMentions) return undefined
  const people = mentions.map(parsePersonId)
  if (people.includes(undefined) || new Set(people).size < people.length) return undefined
  // Mentioning nobody is the same as mentioning not at all.
  return people.length === 0 ? { kind: 'text', text } : { kind: 'text', text, mentions: people as PersonId[] }
}

function isLongerThan(text: string, maxBytes: number): boolean {
  // UTF-8 takes one to three bytes for each UTF-16 unit, so most texts need no encoding to know.
  if (text.length > maxBytes) return true
  return text.length * 3 > maxBytes && encodeUtf8(text).length > maxBytes
}
