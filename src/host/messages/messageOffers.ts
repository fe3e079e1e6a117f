import type { PersonId } from '../../shared/ids.ts'
import type { Conversation, Message } from '../../shared/service.ts'

export type MessageOffer = 'reply' | 'react' | 'edit' | 'history' | 'forward' | 'unread' | 'hide' | 'erase'

/** What the user can do with a message, in the order in which it is offered. */
export function messageOffers(conversation: Conversation, message: Message, self: PersonId): readonly MessageOffer[] {
  const { body, author, edited } = message
  const isOwn = author === self
  if (body.kind !== 'text' && body.kind !== 'snippet' && body.kind !== 'patch')
    return body.kind === 'unreadable' ? ['hide'] : []
  const { room } = conversation
  const canWrite = room === undefined || (room.state === 'active' && room.ownRole !== 'read-only')
  // Whether somebody ranks below is judged by the room.
  const isModerator = room !== undefined && (room.ownRole === 'owner' || room.ownRole === 'admin')
  return [
    ...when(canWrite, 'reply', 'react'),
    ...when(canWrite && isOwn && body.kind === 'text', 'edit'),
    ...when(edited !== undefined, 'history'),
    'forward',
    ...when(!isOwn, 'unread'),
    'hide',
    ...when(canWrite && (isOwn || isModerator), 'erase'),
  ]
}

const when = (condition: boolean, ...offers: readonly MessageOffer[]): readonly MessageOffer[] =>
  condition ? offers : []
