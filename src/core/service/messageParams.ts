/** Parameters of the requests about messages that are there. */
import { chatError } from '../../shared/chatError.ts'
import { parseConversationId, parseMessageId } from '../../shared/ids.ts'
import { isLifetime, type LifetimeRequests } from '../../shared/lifetime.ts'
import { maxHidden, type MessageRequests } from '../../shared/messages.ts'
import { maxHistoryPage } from '../../shared/service.ts'
import { parseSendBody } from '../body/parseSendBody.ts'
import type { Fields } from './fields.ts'
import { flag, text, whole, wholeNumber } from './fields.ts'

/** Longer than any emoji: whether it is one is judged later, with a code of its own. */
const maxEmojiLength = 64

type Requests = MessageRequests & LifetimeRequests
type Parsers = { readonly [M in keyof Requests]: (fields: Fields) => Requests[M]['params'] | undefined }

const place = ({ conversation, message }: Fields): MessageRequests['message/erase']['params'] | undefined =>
  whole({ conversation: parseConversationId(conversation), message: parseMessageId(message) })

export const messageParsers: Parsers = {
  'message/edit': (fields) => {
    const body = parseSendBody({ kind: 'text', text: fields['text'], mentions: fields['mentions'] })
    if (body === 'too-long') throw chatError('message-too-long')
    const at = place(fields)
    if (at === undefined || body?.kind !== 'text') return undefined
    return { ...at, text: body.text, ...(body.mentions && { mentions: body.mentions }) }
  },
  'message/edits': place,
  'message/erase': place,
  'message/hide': ({ conversation, messages }) => {
    if (!Array.isArray(messages) || messages.length < 1 || messages.length > maxHidden) return undefined
    const ids = new Set(messages.map(parseMessageId))
    const fields = whole({ conversation: parseConversationId(conversation) })
    const all = [...ids].flatMap((id) => id ?? [])
    return fields && all.length === ids.size ? { ...fields, messages: all } : undefined
  },
  'message/react': (fields) => {
    const emoji = text(fields['emoji'], maxEmojiLength)
    const at = place(fields)
    return at && whole({ ...at, emoji: emoji === '' ? undefined : emoji, on: flag(fields['on']) })
  },
  'message/thread': (fields) => {
    const at = place(fields)
    const limit = wholeNumber(fields['limit'], 1, maxHistoryPage)
    const before = fields['before'] ?? undefined
    if (at === undefined || limit === undefined) return undefined
    const position = parseMessageId(before)
    if (before === undefined) return { ...at, limit }
    return position && { ...at, limit, before: position }
  },
  'conversation/unread': ({ conversation, from }) =>
    whole({ conversation: parseConversationId(conversation), from: parseMessageId(from) }),
  'conversation/lifetime': ({ conversation, lifetimeMs }) =>
    whole({
      conversation: parseConversationId(conversation),
      lifetimeMs: lifetimeMs === 0 || isLifetime(lifetimeMs) ? lifetimeMs : undefined,
    }),
  'conversation/delete': ({ conversation }) => whole({ conversation: parseConversationId(conversation) }),
  'conversation/self': () => ({}),
}
