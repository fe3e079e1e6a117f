import type { Conversation, Message } from '../../shared/service.ts'

/** Muted until the user says otherwise: the end of the year 9999, the latest time that the service takes. */
export const forever = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Whether a conversation is muted now. */
export const isMuted = ({ notify }: Conversation, now: number): boolean => (notify.mutedUntil ?? 0) > now

/**
 * How many messages of a conversation the user wants to be told of: all that are unread, those that mention them, or
 * none while it is muted.
 */
export function loudCount(conversation: Conversation, now: number): number {
  if (isMuted(conversation, now)) return 0
  switch (conversation.notify.level) {
    case 'all':
      return conversation.unread
    case 'mentions':
      return conversation.room?.mentions ?? conversation.unread
    case 'nothing':
      return 0
  }
}

/** Whether the user wants to be told of a message. In a direct conversation each is meant for them. */
export function isLoud(conversation: Conversation, message: Message, now: number): boolean {
  const { state, body } = message
  const isBlocked = conversation.members.some(({ person, blocked }) => blocked === true && person === message.author)
  if (isBlocked || state !== 'received' || body.kind === 'notice' || body.kind === 'room' || isMuted(conversation, now))
    return false
  switch (conversation.notify.level) {
    case 'all':
      return true
    case 'mentions':
      return conversation.room === undefined || message.mentionsSelf === true
    case 'nothing':
      return false
  }
}
