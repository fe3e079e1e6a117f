import type { ConversationId } from '../../shared/ids.ts'
import type { Conversation } from '../../shared/service.ts'

/** What comes so soon after a conversation came to be is its history, and nothing new. */
export const settlingMs = 15_000

/** Knows which conversations are still being fetched from others for the first time. */
export interface FirstSync {
  /** These are all that there are now. `isComplete`: none of those that were there before is still to come. */
  note(conversations: readonly Conversation[], isComplete: boolean): void
  isUnderWay(conversation: Conversation): boolean
}

/** `now`: milliseconds that only grow. */
export function createFirstSync(now: () => number): FirstSync {
  const bornAt = new Map<ConversationId, number>()
  let hasBegun = false
  return {
    note(conversations, isComplete) {
      for (const { id } of conversations) if (!bornAt.has(id)) bornAt.set(id, hasBegun ? now() : -settlingMs)
      hasBegun ||= isComplete
    },
    isUnderWay: ({ id, missing }) => missing > 0 || now() - (bornAt.get(id) ?? now()) < settlingMs,
  }
}
