import type { ConversationId } from '../../shared/ids.ts'

/** At most one notification per conversation in this time. */
export const noticeIntervalMs = 30_000

/** Whether a notification about a conversation may be shown now; saying yes counts as showing it. */
export interface NoticeLimiter {
  admit(conversation: ConversationId): boolean
}

/** `now` is a monotonic clock in milliseconds. */
export function createNoticeLimiter(now: () => number): NoticeLimiter {
  const lastShown = new Map<ConversationId, number>()
  return {
    admit(conversation) {
      const at = now()
      const last = lastShown.get(conversation)
      if (last !== undefined && at - last < noticeIntervalMs) return false
      lastShown.set(conversation, at)
      return true
    },
  }
}
