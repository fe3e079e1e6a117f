import { maxMembers } from '../../shared/rooms.ts'
import type { Position } from '../ports/store.ts'

/** The most members of whom is said at once that they are there: of a full room. */
export const maxAround = maxMembers
/** The bytes of a person's id by which a member of the same room is meant. */
export const aroundIdBytes = 8
/** What is older is nothing to say any more. */
export const maxAroundSeconds = 3_600

/** Which members of a large room the sender knows to be there, and how long ago somebody was linked to them. */
export interface Around {
  readonly type: 'around'
  readonly members: readonly { readonly id: Uint8Array; readonly agoSeconds: number }[]
}

/** What is said of a conversation over a link and kept in no log. */
export type Signal =
  | { readonly type: 'typing'; readonly isTyping: boolean }
  /** Everything up to here was read. */
  | { readonly type: 'read'; readonly upTo: Position }
  | Around
