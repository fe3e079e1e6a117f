import type { PersonId } from '../../shared/ids.ts'
import { isSaid } from '../../shared/isSaid.ts'
import { allOffers, type MessageOffer } from '../../shared/messageOffers.ts'
import type { Conversation, Message } from '../../shared/service.ts'

/** What the user can do with a message, in the order in which it is offered. */
export function messageOffers(conversation: Conversation, message: Message, self: PersonId): readonly MessageOffer[] {
  const { body, author, edited, id } = message
  const isOwn = author === self
  if (!isSaid(body)) return body.kind === 'unreadable' ? ['select', 'hide'] : []
  const { room } = conversation
  const canWrite = room === undefined || (room.state === 'active' && room.ownRole !== 'read-only')
  // Whether somebody ranks below is judged by the room.
  const isModerator = room !== undefined && (room.ownRole === 'owner' || room.ownRole === 'admin')
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
    pin: canWrite && isModerator && !isPinned,
    unpin: canWrite && isModerator && isPinned,
    unread: !isOwn,
    hide: true,
    erase: canWrite && (isOwn || isModerator),
  }
  return allOffers.filter((offer) => offered[offer])
}
