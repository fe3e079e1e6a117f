import { parseConversationId, parseDeviceId, parseMessageId, parsePersonId } from '../../../src/shared/ids.ts'
import type { MessageId, PersonId } from '../../../src/shared/ids.ts'
import type { RoomChange, RoomDetails, RoomMember } from '../../../src/shared/rooms.ts'
import type { Conversation, Message, MessageBody } from '../../../src/shared/service.ts'
import { viewStrings } from '../../../src/shared/viewStrings.ts'
import type { ConversationPage, HostToWebview, Screen } from '../../../src/shared/webviewProtocol.ts'

function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A fixture is malformed')
  return value
}

export const ada = sure(parsePersonId('ada0'.replace(/[^0-9a-f]/g, '0').padEnd(64, '1')))
export const bob = sure(parsePersonId('b0b3'.padEnd(64, '2')))
export const carol = sure(parsePersonId('ca01'.padEnd(64, '3')))
/** Somebody who calls himself almost like Bob. */
export const bobby = sure(parsePersonId('e71c'.padEnd(64, '4')))
const device = sure(parseDeviceId('d'.repeat(64)))
export const conversationId = sure(parseConversationId('c'.repeat(64)))

/** Noon of a fixed day: what the pages of these tests take for now. */
export const now = new Date(2026, 10, 20, 12, 0, 0).getTime()
export const minute = 60_000
export const day = 24 * 60 * minute

/** The id of the message with this place in the order. */
export function idAt(clock: number): MessageId {
  return sure(parseMessageId(clock.toString(16).padStart(12, '0') + clock.toString(16).padStart(64, '0')))
}

export interface MessageInit extends Partial<Omit<Message, 'body' | 'id'>> {
  readonly body?: MessageBody
  readonly text?: string
}

/** A message at a place in the order; from Bob, received, at noon, unless said otherwise. */
export function message(clock: number, { text = `Message ${String(clock)}`, ...init }: MessageInit = {}): Message {
  const author = init.author ?? bob
  return {
    id: idAt(clock),
    author,
    device,
    seq: clock,
    clock,
    sentAt: now,
    body: { kind: 'text', text },
    state: author === ada ? 'delivered' : 'received',
    ...init,
  }
}

export function conversation(init: Partial<Conversation> = {}): Conversation {
  return {
    id: conversationId,
    kind: 'direct',
    title: 'Bob',
    members: [{ person: bob, name: 'Bob', verified: false }],
    unread: 0,
    online: true,
    missing: 0,
    notify: { level: 'all' },
    ...init,
  }
}

export function member(init: Partial<RoomMember> = {}): RoomMember {
  return {
    person: bob,
    name: 'Bob',
    verified: false,
    role: 'member',
    isSelf: false,
    isContact: true,
    online: true,
    joinedAt: now - day,
    looksLikeAnother: false,
    ...init,
  }
}

/** Four people: the user is the owner, and two of the others have names that look alike. */
export const roomMembers: readonly RoomMember[] = [
  member({ person: ada, name: 'Ada', role: 'owner', isSelf: true, isContact: false }),
  member({ person: carol, name: 'Carol Ann', role: 'admin', verified: true }),
  member({ person: bob, name: 'Bob', looksLikeAnother: true }),
  member({ person: bobby, name: 'B\u043Eb', looksLikeAnother: true, isContact: false, online: false }),
]

/** A room of `roomMembers`. */
export function room(details: Partial<RoomDetails> = {}, init: Partial<Conversation> = {}): Conversation {
  return conversation({
    kind: 'room',
    title: 'Kettle works',
    members: roomMembers.filter(({ isSelf }) => !isSelf),
    room: {
      topic: 'Everything about kettles',
      whoInvites: 'admins',
      state: 'active',
      ownRole: 'owner',
      memberCount: 4,
      onlineCount: 3,
      pinned: [],
      mentions: 0,
      former: [],
      ...details,
    },
    ...init,
  })
}

/** A message that is a line about the room. */
export const change = (clock: number, author: PersonId, body: RoomChange, sentAt = now): Message =>
  message(clock, { author, sentAt, body: { kind: 'room', ...body }, state: author === ada ? 'delivered' : 'received' })

/** A page as the host sends it; everything read unless said otherwise. */
export function page(
  messages: readonly Message[],
  {
    conversation: changes = {},
    ...init
  }: Partial<Omit<ConversationPage, 'conversation'>> & {
    readonly conversation?: Partial<Conversation>
  } = {},
): ConversationPage {
  const last = messages.at(-1)
  const read = last === undefined ? {} : { readUpTo: last.id }
  return {
    conversation: conversation({ ...read, ...changes }),
    self: ada,
    selfName: 'Ada',
    messages,
    hasMore: false,
    draft: '',
    members: [],
    pinned: [],
    ...init,
  }
}

export const screenMessage = (screen: Screen, locale = 'en'): HostToWebview => ({
  type: 'screen',
  screen,
  strings: viewStrings,
  locale,
})

/** `count` short messages of both sides, a minute apart, ending at noon. */
export function manyMessages(count: number, firstClock = 1): readonly Message[] {
  const words = 'the list holds its place while rows come and grow above and below what one reads'.split(' ')
  return Array.from({ length: count }, (_, index) => {
    const clock = firstClock + index
    const length = (clock * 7919) % 45
    const text = Array.from({ length: length + 1 }, (_unused, word) => words[(clock + word) % words.length]).join(' ')
    return message(clock, {
      author: clock % 7 < 4 ? bob : ada,
      sentAt: now - (count - index) * minute,
      text: `${String(clock)} ${text}`,
    })
  })
}
