/** Messages that disappear. What the service says of them; `service.ts` has the rest. */
import type { ConversationId } from './ids.ts'

/** The least and the most time that a message is kept before it disappears: a second, and a leap year. */
export const minLifetimeMs = 1_000
export const maxLifetimeMs = 366 * 24 * 60 * 60 * 1000

/** Whether messages can be made to disappear after so long. */
export function isLifetime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= minLifetimeMs && Number(value) <= maxLifetimeMs
}

/** That somebody changed for how long what is written from then on is kept. */
export interface LifetimeChange {
  readonly change: 'lifetime'
  /** 0: for ever. */
  readonly lifetimeMs: number
}

export interface LifetimeRequests {
  /**
   * What is written from now on disappears: for its writer so long after it was delivered, for a reader so long after it
   * was read. 0: never. In a direct conversation either side may say so, in a room its owner and admins; everybody sees it.
   */
  'conversation/lifetime': { params: { conversation: ConversationId; lifetimeMs: number }; result: null }
}
