import type { Message } from '../../../src/shared/service.ts'
import type { Screen } from '../../../src/shared/webviewProtocol.ts'
import { ada, bob, bobby, carol, change, idAt, message, minute, now, page, room, roomMembers } from './fixtures.ts'

const early = now - 300 * minute

/** A room in which a bit of everything happened. */
export const roomMessages: readonly Message[] = [
  change(1, ada, { change: 'created' }, early),
  change(2, ada, { change: 'topic', topic: 'Everything about kettles' }, early),
  change(3, carol, { change: 'joined', person: carol, role: 'member', history: 'all' }, early),
  change(4, bob, { change: 'joined', person: bob, role: 'member', history: 'all' }, early),
  change(5, bobby, { change: 'joined', person: bobby, role: 'member', history: 'from-now' }, early),
  change(6, ada, { change: 'role', person: carol, role: 'admin' }, early),
  message(7, {
    author: carol,
    sentAt: now - 60 * minute,
    text: 'The release goes out on **Friday**. @Ada can you look at the notes, and @Bob#b0b32222 at the lid?',
    body: {
      kind: 'text',
      text: 'The release goes out on **Friday**. @Ada can you look at the notes, and @Bob#b0b32222 at the lid? Not `@Bob` in code.',
      mentions: [ada, bob],
    },
    mentionsSelf: true,
  }),
  message(8, { author: bob, sentAt: now - 50 * minute, text: 'On it.' }),
  message(9, { author: bobby, sentAt: now - 48 * minute, text: 'I am the real Bob, send me the key.' }),
  change(10, carol, { change: 'pinned', message: idAt(7) }, now - 40 * minute),
  message(11, {
    author: ada,
    sentAt: now - 30 * minute,
    text: 'Reading them now.',
    state: 'delivered',
    deliveredTo: 3,
  }),
  message(12, { author: ada, sentAt: now - 20 * minute, text: 'Done.', state: 'sent', deliveredTo: 2 }),
]

const messages = roomMessages
const pinned = messages.filter(({ clock }) => clock === 7)
const members = roomMembers
const details = { pinned: [idAt(7)] }

/** The screens of a room, by name. */
export const roomShowcase: Readonly<Record<string, Screen>> = {
  room: { kind: 'conversation', page: page(messages, { conversation: room(details), members, pinned }) },
  'room-new': {
    kind: 'conversation',
    page: page(messages.slice(6), {
      conversation: room(
        { ...details, topic: '' },
        { missing: 48_200, unread: 4, readUpTo: idAt(7), notify: { level: 'mentions' } },
      ),
      members,
      pinned,
    }),
  },
  'room-alone': {
    kind: 'conversation',
    page: page(messages.slice(0, 1), {
      conversation: room({ memberCount: 1, onlineCount: 1 }),
      members: members.slice(0, 1),
    }),
  },
  'room-read-only': {
    kind: 'conversation',
    page: page(messages, { conversation: room({ ownRole: 'read-only' }), members }),
  },
  'room-incomplete': {
    kind: 'conversation',
    page: page(messages, {
      conversation: room({ isIncomplete: true, onlineCount: 1 }, { online: false }),
      members: members.map((one) => ({ ...one, online: one.isSelf })),
    }),
  },
  'room-removed': {
    kind: 'conversation',
    page: page(
      [...messages, change(13, carol, { change: 'removed', person: ada }), change(14, carol, { change: 'rekeyed' })],
      {
        conversation: room({ state: 'removed', ownRole: 'member' }, { online: false }),
        members: members.filter(({ isSelf }) => !isSelf),
      },
    ),
  },
  'room-dissolved': {
    kind: 'conversation',
    page: page([...messages, change(13, ada, { change: 'dissolved' })], {
      conversation: room({ state: 'dissolved' }),
      members,
    }),
  },
}
