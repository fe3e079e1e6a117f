import type { Conversation, Message } from '../../shared/service.ts'

/** Muted until somebody says otherwise: the last moment that a date can hold. */
export const forever = 8_640_000_000_000_000

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

/** Whether the user wants to be told of a message that somebody wrote. In a direct conversation each is meant for them. */
export function isLoud(conversation: Conversation, message: Message, now: number): boolean {
  if (isMuted(conversation, now)) return false
  switch (conversation.notify.level) {
    case 'all':
      return true
    case 'mentions':
      return conversation.room === undefined || message.mentionsSelf === true
    case 'nothing':
      return false
  }
}
