/** What two linked people say to each other beside conversations: offers of rooms, and how to become contacts. */
import { assertNever } from '../../shared/assertNever.ts'
import type { HistoryAccess, Role } from '../../shared/rooms.ts'
import { maxMembers, maxTitleBytes, maxTopicBytes, roles } from '../../shared/rooms.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { copyOf } from '../codec/bytes.ts'
import { parseName } from '../contact/name.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Reader } from '../codec/codec.ts'
import { hashBytes, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import type { ConversationSecrets } from '../conversation/conversations.ts'
import { maxCounter } from '../event/event.ts'
import type { Introduction } from '../invite/introduction.ts'
import { readIntroduction, writeIntroduction } from '../invite/introduction.ts'
import { maxRoomWelcomeBytes } from '../invite/inviteMessage.ts'
import { parseTitle, parseTopic } from '../room/roomText.ts'

/** The bytes of a name that two people give to a request between them. */
export const letterIdBytes = 16

/** A room as it is offered. */
export interface OfferedRoom {
  readonly room: Uint8Array
  /** The `invite` operation. */
  readonly invite: Uint8Array
  readonly title: string
  readonly topic: string
  readonly role: Exclude<Role, 'owner'>
  readonly history: HistoryAccess
  readonly memberCount: number
  readonly expiresAt: number
}

export type Letter =
  | { readonly type: 'offer'; readonly offer: OfferedRoom }
  /** The offer does not hold any more. */
  | { readonly type: 'withdraw'; readonly invite: Uint8Array }
  | { readonly type: 'answer'; readonly invite: Uint8Array; readonly accept: boolean }
  /** `welcome`: what `rooms/roomWelcome.ts` reads. */
  | { readonly type: 'welcome'; readonly welcome: Uint8Array }
  /** Asks to become a contact. `room`: where the two know each other from. */
  | {
      readonly type: 'ask'
      readonly request: Uint8Array
      readonly room: Uint8Array
      readonly introduction: Introduction
    }
  /** The answer to `ask`; with the secrets of the conversation to be where it is yes. */
  | {
      readonly type: 'reply'
      readonly request: Uint8Array
      readonly yes?: { readonly introduction: Introduction; readonly secrets: ConversationSecrets }
    }
  /** A common contact names somebody to become a contact of; */
  | { readonly type: 'introduce'; readonly request: Uint8Array; readonly introduced: Uint8Array; readonly name: string }
  /** whoever it is named to says yes or no; */
  | { readonly type: 'consent'; readonly request: Uint8Array; readonly accept: boolean }
  /** and both have said yes. */
  | { readonly type: 'introduced'; readonly request: Uint8Array; readonly introduction: Introduction }
  /** A room that the sender was in is damaged on its disk; `rooms/lostRooms.ts` makes the token. */
  | { readonly type: 'lost'; readonly token: Uint8Array }
  /** What somebody who is in that room still knows of it: the same as for a newcomer. */
  | { readonly type: 'regain'; readonly welcome: Uint8Array }

// The position in this list is what is sent: append only.
const types = [
  'offer',
  'withdraw',
  'answer',
  'welcome',
  'ask',
  'reply',
  'introduce',
  'consent',
  'introduced',
  'lost',
  'regain',
] as const

export function encodeLetter(letter: Letter): Uint8Array {
  const writer = new Writer(512).uint8(types.indexOf(letter.type))
  switch (letter.type) {
    case 'offer':
      writeOffer(writer, letter.offer)
      return writer.finish()
    case 'withdraw':
      return writer.fixed(letter.invite).finish()
    case 'answer':
      return writer.fixed(letter.invite).boolean(letter.accept).finish()
    case 'welcome':
    case 'regain':
      return writer.bytes(letter.welcome).finish()
    case 'lost':
      return writer.fixed(letter.token).finish()
    case 'ask':
      writeIntroduction(writer.fixed(letter.request).fixed(letter.room), letter.introduction)
      return writer.finish()
    case 'reply':
      writer.fixed(letter.request).optional(letter.yes, ({ introduction, secrets }) => {
        writeIntroduction(writer, introduction)
        writer.fixed(secrets.syncSecret).fixed(secrets.epochKey)
      })
      return writer.finish()
    case 'introduce':
      return writer.fixed(letter.request).fixed(letter.introduced).string(letter.name).finish()
    case 'consent':
      return writer.fixed(letter.request).boolean(letter.accept).finish()
    case 'introduced':
      writeIntroduction(writer.fixed(letter.request), letter.introduction)
      return writer.finish()
    default:
      return assertNever(letter)
  }
}

/** The letter in untrusted bytes, in memory of its own; `undefined` if it is none, or of a later version. */
export function decodeLetter(bytes: Uint8Array): Letter | undefined {
  const type = types[bytes[0] ?? types.length]
  return type && decodeAll(bytes.subarray(1), (reader) => readLetter(type, reader))
}

function readLetter(type: Letter['type'], reader: Reader): Letter | undefined {
  switch (type) {
    case 'offer': {
      const offer = readOffer(reader)
      return offer && { type, offer }
    }
    case 'withdraw':
      return { type, invite: copyOf(reader.fixed(hashBytes)) }
    case 'answer':
      return { type, invite: copyOf(reader.fixed(hashBytes)), accept: reader.boolean() }
    case 'welcome':
    case 'regain':
      return { type, welcome: copyOf(reader.bytes(maxRoomWelcomeBytes)) }
    case 'lost':
      return { type, token: copyOf(reader.fixed(hashBytes)) }
    case 'ask': {
      const [request, room] = [copyOf(reader.fixed(letterIdBytes)), copyOf(reader.fixed(hashBytes))]
      const introduction = readIntroduction(reader)
      return introduction && { type, request, room, introduction }
    }
    case 'reply': {
      const request = copyOf(reader.fixed(letterIdBytes))
      if (!reader.boolean()) return { type, request }
      const introduction = readIntroduction(reader)
      const secrets = { syncSecret: copyOf(reader.fixed(keyBytes)), epochKey: copyOf(reader.fixed(keyBytes)) }
      return introduction && { type, request, yes: { introduction, secrets } }
    }
    case 'introduce': {
      const [request, introduced] = [copyOf(reader.fixed(letterIdBytes)), copyOf(reader.fixed(publicKeyBytes))]
      const name = parseName(reader.string(maxNameBytes))
      return name === undefined ? undefined : { type, request, introduced, name }
    }
    case 'consent':
      return { type, request: copyOf(reader.fixed(letterIdBytes)), accept: reader.boolean() }
    case 'introduced': {
      const request = copyOf(reader.fixed(letterIdBytes))
      const introduction = readIntroduction(reader)
      return introduction && { type, request, introduction }
    }
    default:
      return assertNever(type)
  }
}

export function writeOffer(writer: Writer, offer: OfferedRoom): void {
  writer.fixed(offer.room).fixed(offer.invite).string(offer.title).string(offer.topic)
  writer.uint8(roles.indexOf(offer.role)).boolean(offer.history === 'all')
  writer.uint(offer.memberCount).uint(offer.expiresAt)
}

/** Reads an offer; `undefined` if a text or the role is not as it should be. */
export function readOffer(reader: Reader): OfferedRoom | undefined {
  const [room, invite] = [copyOf(reader.fixed(hashBytes)), copyOf(reader.fixed(hashBytes))]
  const title = parseTitle(reader.string(maxTitleBytes))
  const topic = parseTopic(reader.string(maxTopicBytes))
  const role = roles[reader.uint8()]
  const history = reader.boolean() ? 'all' : 'from-now'
  const [memberCount, expiresAt] = [reader.uint(maxMembers), reader.uint(maxCounter)]
  if (title === undefined || topic === undefined || role === undefined || role === 'owner') return undefined
  return { room, invite, title, topic, role, history, memberCount, expiresAt }
}
