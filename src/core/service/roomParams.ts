/** Parameters of the requests about rooms. */
import { parseConversationId, parseMessageId, parsePersonId } from '../../shared/ids.ts'
import type { RoomRequests } from '../../shared/rooms.ts'
import { roles } from '../../shared/rooms.ts'
import { maxExpiryMs, minExpiryMs } from '../invite/inviteLimits.ts'
import { parseTitle, parseTopic } from '../room/roomText.ts'
import type { Fields } from './fields.ts'
import { flag, oneOf, partial, text, whole, wholeNumber } from './fields.ts'

type RoomParsers = {
  readonly [M in keyof RoomRequests]: (fields: Fields) => RoomRequests[M]['params'] | undefined
}

/** The latest time that a conversation is muted until: the end of the year 9999. */
const maxTime = 253_402_300_799_999
const maxLocalId = 64
const whoInvites = ['admins', 'everybody'] as const
const invitedRoles = ['admin', 'member', 'read-only'] as const

export const roomParsers: RoomParsers = {
  'room/create': (fields) => {
    const rest = partial<{ topic: string; whoInvites: (typeof whoInvites)[number] }>({
      topic: [fields['topic'], parseTopic(fields['topic'])],
      whoInvites: [fields['whoInvites'], oneOf(fields['whoInvites'], whoInvites)],
    })
    const required = whole({ title: parseTitle(fields['title']) })
    return required && rest && { ...required, ...rest }
  },
  'room/invite': (fields) => {
    const rest = partial<Omit<RoomRequests['room/invite']['params'], 'conversation'>>({
      person: [fields['person'], parsePersonId(fields['person'])],
      role: [fields['role'], oneOf(fields['role'], invitedRoles)],
      history: [fields['history'], oneOf(fields['history'], ['all', 'from-now'] as const)],
      expiresInMs: [fields['expiresInMs'], wholeNumber(fields['expiresInMs'], minExpiryMs, maxExpiryMs)],
    })
    const required = whole({ conversation: parseConversationId(fields['conversation']) })
    return required && rest && { ...required, ...rest }
  },
  'room/members': ({ conversation }) => whole({ conversation: parseConversationId(conversation) }),
  'room/setRole': ({ conversation, person, role }) =>
    whole({
      conversation: parseConversationId(conversation),
      person: parsePersonId(person),
      role: oneOf(role, roles),
    }),
  'room/remove': ({ conversation, person }) =>
    whole({ conversation: parseConversationId(conversation), person: parsePersonId(person) }),
  'room/leave': ({ conversation }) => whole({ conversation: parseConversationId(conversation) }),
  'room/dissolve': ({ conversation }) => whole({ conversation: parseConversationId(conversation) }),
  'room/set': (fields) => {
    const rest = partial<Omit<RoomRequests['room/set']['params'], 'conversation'>>({
      title: [fields['title'], parseTitle(fields['title'])],
      topic: [fields['topic'], parseTopic(fields['topic'])],
      whoInvites: [fields['whoInvites'], oneOf(fields['whoInvites'], whoInvites)],
      pin: [fields['pin'], parseMessageId(fields['pin'])],
      unpin: [fields['unpin'], parseMessageId(fields['unpin'])],
    })
    const required = whole({ conversation: parseConversationId(fields['conversation']) })
    return required && rest && { ...required, ...rest }
  },
  'room/offers': () => ({}),
  'room/answer': ({ offer, accept }) => whole({ offer: text(offer, maxLocalId), accept: flag(accept) }),
  'conversation/notify': (fields) => {
    const { level, mutedUntil } = fields
    const rest = partial<Omit<RoomRequests['conversation/notify']['params'], 'conversation'>>({
      level: [level, oneOf(level, ['all', 'mentions', 'nothing'] as const)],
      ...(mutedUntil !== null && { mutedUntil: [mutedUntil, wholeNumber(mutedUntil, 0, maxTime)] }),
    })
    const required = whole({ conversation: parseConversationId(fields['conversation']) })
    return required && rest && { ...required, ...rest, ...(mutedUntil === null && { mutedUntil }) }
  },
}
