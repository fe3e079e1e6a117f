/**
 * The bytes inside an event's sealed body: a format version, a kind, then the fields of that kind.
 *
 * A version or a kind that this Tincan does not know is kept and shown as one that needs a newer Tincan. Adding a field
 * to a kind takes a new version; adding a kind does not.
 */
import { assertNever } from '../../shared/assertNever.ts'
import { maxMentions } from '../../shared/rooms.ts'
import { maxTextBytes, type SendBody } from '../../shared/service.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import { Reader, Writer } from '../codec/codec.ts'
import { allocateBriefly } from '../codec/slab.ts'
import { publicKeyBytes } from '../crypto/primitives.ts'
import { parseSendBody } from './parseSendBody.ts'
import { maxCommitDigits, maxLanguageBytes, maxLine, maxPathBytes, maxRemoteBytes } from './snippetFields.ts'

const formatVersion = 1
/** A text that mentions somebody is a kind of its own, so that all other texts stay as they are. */
const kinds = { text: 1, snippet: 2, mentioning: 3 } as const

/** A received body that cannot be shown: written by a later Tincan, or not a body at all. */
export type UnreadableBytes = { readonly kind: 'unreadable'; readonly why: 'newer' | 'damaged' }

/** The bytes of a body, which must have come out of `parseSendBody`, for a moment: they are to be sealed. */
export function encodeBody(body: SendBody): Uint8Array {
  const writer = new Writer(allocateBriefly(body.text.length + 64)).uint8(formatVersion).uint8(kindOf(body))
  switch (body.kind) {
    case 'text':
      writer.string(body.text)
      if (body.mentions === undefined) return writer.finish()
      writer.uint(body.mentions.length)
      for (const person of body.mentions) writer.fixed(idBytes(person))
      return writer.finish()
    case 'snippet':
      return writer
        .string(body.language)
        .string(body.text)
        .optional(body.path, (path) => writer.string(path))
        .optional(body.lines, ({ first, last }) => writer.uint(first).uint(last))
        .optional(body.git?.remote, (remote) => writer.string(remote))
        .optional(body.git?.commit, (commit) => writer.string(commit))
        .finish()
    default:
      return assertNever(body)
  }
}

function kindOf(body: SendBody): number {
  return body.kind === 'text' && body.mentions !== undefined ? kinds.mentioning : kinds[body.kind]
}

/** The body in untrusted bytes. Every rule of `parseSendBody` holds for what arrives, too. */
export function decodeBody(bytes: Uint8Array): SendBody | UnreadableBytes {
  const reader = new Reader(bytes)
  const version = reader.uint8()
  const kind = reader.uint8()
  if (!reader.isValid || version === 0 || kind === 0) return { kind: 'unreadable', why: 'damaged' }
  if (version > formatVersion) return { kind: 'unreadable', why: 'newer' }
  const fields = readFields(kind, reader)
  if (fields === undefined) return { kind: 'unreadable', why: 'newer' }
  const body = reader.isComplete ? parseSendBody(fields) : undefined
  return typeof body === 'object' ? body : { kind: 'unreadable', why: 'damaged' }
}

/** The fields as they stand, unchecked; `undefined` for an unknown kind. */
function readFields(kind: number, reader: Reader): object | undefined {
  switch (kind) {
    case kinds.text:
      return { kind: 'text', text: reader.string(maxTextBytes) }
    case kinds.mentioning:
      return {
        kind: 'text',
        text: reader.string(maxTextBytes),
        mentions: reader.list(maxMentions, () => toHex(reader.fixed(publicKeyBytes))),
      }
    case kinds.snippet:
      return {
        kind: 'snippet',
        language: reader.string(maxLanguageBytes),
        text: reader.string(maxTextBytes),
        path: reader.optional(() => reader.string(maxPathBytes)),
        lines: reader.optional(() => ({ first: reader.uint(maxLine), last: reader.uint(maxLine) })),
        git: {
          remote: reader.optional(() => reader.string(maxRemoteBytes)),
          commit: reader.optional(() => reader.string(maxCommitDigits)),
        },
      }
    default:
      return undefined
  }
}
