/** What is told beside messages: who is writing, who has read, when somebody was here. `service.ts` has the rest. */
import type { ConversationId, MessageId, PersonId } from './ids.ts'

/**
 * What this device tells others of its user. What is off is not told to them, and not shown of them either. All three are
 * on unless the user chose otherwise.
 */
export interface Privacy {
  /** How far its user has read. */
  readonly readReceipts: boolean
  /** That its user is writing. */
  readonly typing: boolean
  /** When its user was last here. That a link is open cannot be hidden from whoever is at its other end. */
  readonly lastSeen: boolean
}

/** How far somebody says to have read: everything up to a message. */
export interface Reader {
  readonly person: PersonId
  readonly upTo: MessageId
}

/** What a conversation shows of the others in it, as far as they tell and the user wants to know. */
export interface Signals {
  /** Who is writing now. */
  readonly typing?: readonly PersonId[]
  readonly readers?: readonly Reader[]
  /** Of a direct conversation, while the other side is away: when there was last a link to it. */
  readonly lastSeenAt?: number
}

type Nothing = Record<string, never>

export interface SignalRequests {
  'privacy/get': { params: Nothing; result: Privacy }
  /** Changes what is given. */
  'privacy/set': { params: Partial<Privacy>; result: Privacy }
  /** The user is writing, or has stopped. To be repeated while it goes on; it ends by itself after a few seconds. */
  'conversation/typing': { params: { conversation: ConversationId; typing: boolean }; result: null }
}
