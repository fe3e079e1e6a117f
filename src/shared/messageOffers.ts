import type { PersonId } from './ids.ts'
import { isSaid } from './isSaid.ts'
import { isAdmin, whySilent } from './roomRights.ts'
import type { Conversation, Message } from './service.ts'

/** What can be done with a message, in the order in which it is offered. Each has a command of the editor of its name. */
export const allOffers = [
  'reply',
  'thread',
  'react',
  'edit',
  'history',
  'copy',
  'link',
  'forward',
  'select',
  'pin',
  'unpin',
  'unread',
  'hide',
  'erase',
] as const
export type MessageOffer = (typeof allOffers)[number]

/** What a key can stand for on a message: something that can be done with it, or the choice of all that can. */
export const messageDeeds = [...allOffers, 'more'] as const
export type MessageDeed = (typeof messageDeeds)[number]

/** What this user can do with a message, in the order in which it is offered. The core decides again. */
export function messageOffers(conversation: Conversation, message: Message, self: PersonId): readonly MessageOffer[] {
  const { body, author, edited, id } = message
  const isOwn = author === self
  if (!isSaid(body)) return body.kind === 'unreadable' ? ['select', 'hide'] : []
  const { room, isSelf } = conversation
  const canWrite = whySilent(conversation) === undefined
  const canModerate = room !== undefined && isAdmin(room)
  const isPinned = room?.pinned.includes(id) === true
  const offered: Readonly<Record<MessageOffer, boolean>> = {
    reply: canWrite,
    thread: true,
    react: canWrite,
    edit: canWrite && isOwn && body.kind === 'text',
    history: edited !== undefined,
    copy: body.kind !== 'file',
    link: true,
    forward: true,
    select: true,
    pin: canModerate && !isPinned,
    unpin: canModerate && isPinned,
    unread: !isOwn,
    hide: true,
    // Of a note there is nobody else to take it from. Whether somebody ranks below is judged by the room.
    erase: canWrite && isSelf !== true && (isOwn || canModerate),
  }
  return allOffers.filter((offer) => offered[offer])
}
