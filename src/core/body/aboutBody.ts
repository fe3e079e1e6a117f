/**
 * The bodies that say something about another message and are no messages of their own. To add a kind: its type and its
 * number here, its fields in `writeAbout` and `readAbout`, its rules in `parseAbout`, and in `core/relation` what becomes of it.
 */
import { assertNever } from '../../shared/assertNever.ts'
import type { PatchResultBody } from '../../shared/code.ts'
import { isEmoji } from '../../shared/emoji.ts'
import { parseMessageId, type MessageId, type PersonId } from '../../shared/ids.ts'
import { maxEdits, maxReactions } from '../../shared/messages.ts'
import { maxMentions } from '../../shared/rooms.ts'
import { maxTextBytes } from '../../shared/service.ts'
import { fromHex, idBytes, toHex } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { publicKeyBytes } from '../crypto/primitives.ts'
import type { FadedBody } from './lifetimeBodies.ts'
import { parseSendBody } from './parseSendBody.ts'

/** Another wording of a text, by its author. */
export interface EditBody {
  readonly kind: 'edit'
  readonly message: MessageId
  readonly text: string
  readonly mentions?: readonly PersonId[]
}

/** Takes a message back, by its author. `edits`: the events that changed it, whose content goes with it. */
export interface EraseBody {
  readonly kind: 'erase'
  readonly message: MessageId
  readonly edits: readonly MessageId[]
}

/** All emoji that a person puts beside a message from here on: of two, the later one counts. */
export interface ReactionBody {
  readonly kind: 'reaction'
  readonly message: MessageId
  readonly emoji: readonly string[]
}

export type AboutBody = EditBody | EraseBody | ReactionBody

/** The numbers on the wire. */
export const aboutKinds = { edit: 11, erase: 12, reaction: 13 } as const

const messageIdBytes = 38
/** Longer than any emoji in UTF-8. */
const maxEmojiBytes = 64

/** Whether a body is one of these. */
export function isAboutOther(body: { readonly kind: string }): body is AboutBody {
  return Object.hasOwn(aboutKinds, body.kind)
}

/** Whether a body says something about another message and is no message of its own. */
export function isAbout(body: { readonly kind: string }): body is AboutBody | PatchResultBody | FadedBody {
  return isAboutOther(body) || body.kind === 'patch-result' || body.kind === 'faded'
}

export function writeMessageId(writer: Writer, id: MessageId): void {
  writer.fixed(fromHex(id) ?? new Uint8Array(messageIdBytes))
}

export function readMessageId(reader: Reader): string {
  return toHex(reader.fixed(messageIdBytes))
}

/** The fields of a body behind its kind. */
export function writeAbout(writer: Writer, body: AboutBody): void {
  writeMessageId(writer, body.message)
  switch (body.kind) {
    case 'edit':
      writer.string(body.text).uint(body.mentions?.length ?? 0)
      for (const person of body.mentions ?? []) writer.fixed(idBytes(person))
      return
    case 'erase':
      writer.uint(body.edits.length)
      for (const edit of body.edits) writeMessageId(writer, edit)
      return
    case 'reaction':
      writer.uint(body.emoji.length)
      for (const emoji of body.emoji) writer.string(emoji)
      return
    default:
      assertNever(body)
  }
}

/** The fields as they stand, unchecked; `undefined` for an unknown kind. */
export function readAbout(kind: number, reader: Reader): object | undefined {
  switch (kind) {
    case aboutKinds.edit:
      return {
        kind: 'edit',
        message: readMessageId(reader),
        text: reader.string(maxTextBytes),
        mentions: reader.list(maxMentions, () => toHex(reader.fixed(publicKeyBytes))),
      }
    case aboutKinds.erase:
      return {
        kind: 'erase',
        message: readMessageId(reader),
        edits: reader.list(maxEdits, () => readMessageId(reader)),
      }
    case aboutKinds.reaction:
      return {
        kind: 'reaction',
        message: readMessageId(reader),
        emoji: reader.list(maxReactions, () => reader.string(maxEmojiBytes)),
      }
    default:
      return undefined
  }
}

/** The body in fields as they were read; `undefined` where one is not as it should be. */
export function parseAbout(fields: Readonly<Record<string, unknown>>): AboutBody | undefined {
  const message = parseMessageId(fields['message'])
  if (message === undefined) return undefined
  switch (fields['kind']) {
    case 'edit': {
      const body = parseSendBody({ kind: 'text', text: fields['text'], mentions: fields['mentions'] })
      if (typeof body !== 'object' || body.kind !== 'text') return undefined
      return { kind: 'edit', message, text: body.text, ...(body.mentions && { mentions: body.mentions }) }
    }
    case 'erase': {
      const edits = list(fields['edits'], maxEdits, parseMessageId)
      return edits && { kind: 'erase', message, edits }
    }
    case 'reaction': {
      const emoji = list(fields['emoji'], maxReactions, (one) => (isEmoji(one) ? one : undefined))
      return emoji && { kind: 'reaction', message, emoji }
    }
    default:
      return undefined
  }
}

/** Every item once, each as it should be. */
function list<T>(value: unknown, most: number, parse: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined
  const items = value.map(parse)
  return items.includes(undefined) || new Set(items).size < items.length ? undefined : (items as T[])
}
