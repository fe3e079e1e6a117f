/** What a request names, or the refusal that says that it is not there. */
import { chatError } from '../../shared/chatError.ts'
import type { ConversationId, MessageId, PersonId } from '../../shared/ids.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Room } from '../rooms/room.ts'
import type { Engine } from './engine.ts'

/** Throws `unknown-conversation`. */
export function conversationOf(engine: Engine, id: ConversationId): Conversation {
  const conversation = engine.conversations.get(id)
  if (conversation === undefined) throw chatError('unknown-conversation')
  return conversation
}

/** The conversation to write in. Throws `unknown-conversation`, `blocked`, or `unknown-person` for a contact who was deleted. */
export function openConversationOf(engine: Engine, id: ConversationId): Conversation {
  const conversation = conversationOf(engine, id)
  const { peer, isSelf } = conversation
  if (peer === undefined || isSelf) return conversation
  if (!engine.removal.isShown(conversation)) throw chatError('unknown-person')
  if (engine.contacts.isBlocked(peer)) throw chatError('blocked')
  return conversation
}

/** Throws `unknown-person`. */
export function contactOf(engine: Engine, person: PersonId): ContactRecord {
  const contact = engine.contacts.get(person)
  if (contact === undefined) throw chatError('unknown-person')
  return contact
}

/** Throws `unknown-message`. */
export function requireMessage(conversation: Conversation, id: MessageId): void {
  if (!conversation.timeline.has(id)) throw chatError('unknown-message')
}

/** Throws `unknown-message` for whatever is no patch. */
export function requirePatch(conversation: Conversation, id: MessageId): void {
  if (conversation.timeline.get(id)?.body.kind !== 'patch') throw chatError('unknown-message')
}

/** Throws `unknown-conversation` for whatever is no room. */
export function roomOf(engine: Engine, id: ConversationId): Room {
  const room = engine.rooms.of(id)
  if (room === undefined) throw chatError('unknown-conversation')
  return room
}
