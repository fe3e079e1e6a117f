/** What each request about messages that are there does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import type { LifetimeRequests } from '../../shared/lifetime.ts'
import type { MessageRequests } from '../../shared/messages.ts'
import { conversationOf, requireMessage } from './lookup.ts'
import type { RequestContext } from './requests.ts'

type Requests = MessageRequests & LifetimeRequests
type Handlers = {
  readonly [M in keyof Requests]: (
    context: RequestContext,
    params: Requests[M]['params'],
  ) => Promise<Requests[M]['result']> | Requests[M]['result']
}

export const messageHandlers: Handlers = {
  'message/edit': async ({ engine }, { conversation, message, text, mentions }) => {
    await conversationOf(engine(), conversation).deeds.edit(message, text, mentions)
    return null
  },
  'message/edits': ({ engine }, { conversation, message }) => ({
    wordings: conversationOf(engine(), conversation).deeds.wordings(message),
  }),
  'message/erase': async ({ engine }, { conversation, message }) => {
    const found = conversationOf(engine(), conversation)
    const room = engine().rooms.of(conversation)
    const target = found.timeline.get(message)
    if (target === undefined || target.body.kind === 'notice' || target.body.kind === 'room')
      throw chatError('unknown-message')
    const isOwn = target.author === found.own.personId
    if (isOwn || room === undefined) await found.deeds.erase(message)
    else if (target.erasedBy === undefined)
      await room.deeds.erase(message, target.author, found.deeds.editsOf(message, target.author))
    return null
  },
  'message/hide': async ({ engine }, { conversation, messages }) => {
    await conversationOf(engine(), conversation).deeds.hide(messages)
    return null
  },
  'message/react': async ({ engine }, { conversation, message, emoji, on }) => {
    await conversationOf(engine(), conversation).deeds.react(message, emoji, on)
    return null
  },
  'message/thread': ({ engine }, { conversation, message, before, limit }) =>
    conversationOf(engine(), conversation).deeds.thread(message, before, limit),
  'conversation/unread': async ({ engine }, { conversation, from }) => {
    const found = conversationOf(engine(), conversation)
    requireMessage(found, from)
    await found.markUnread(from)
    return null
  },
  'conversation/lifetime': async ({ engine }, { conversation, lifetimeMs }) => {
    const room = engine().rooms.of(conversation)
    if (room === undefined) await conversationOf(engine(), conversation).deeds.keep(lifetimeMs)
    else await room.deeds.set({ lifetimeMs })
    return null
  },
  'conversation/delete': async ({ engine }, { conversation }) => {
    await engine().removal.conversation(conversationOf(engine(), conversation))
    return null
  },
  'conversation/self': async ({ engine }) => ({ conversation: (await engine().conversations.self()).id }),
}
