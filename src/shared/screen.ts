/** What a webview of Tincan shows. `webviewProtocol.ts` has how it is told. */
import type { PersonId } from './ids.ts'
import type { RoomMember } from './rooms.ts'
import type { Conversation, LockedReason, Message } from './service.ts'

/** What the view shows. */
export type Screen =
  | { readonly kind: 'loading' }
  | { readonly kind: 'welcome' }
  /** Asks for the display name. */
  | { readonly kind: 'name' }
  /** Asks for the recovery phrase of somebody who has nothing else, and for the display name. */
  | { readonly kind: 'restore' }
  /** The recovery phrase, in order. */
  | { readonly kind: 'phrase'; readonly words: readonly string[] }
  /** There is an identity and nothing selected: invite somebody, or join. `waiting` counts open invites and joins. */
  | {
      readonly kind: 'start'
      readonly name: string
      readonly hasConversations: boolean
      /** Contacts of earlier may be missing, and come back by themselves. */
      readonly isReuniting?: true
      readonly waiting: readonly WaitingInvite[]
    }
  | { readonly kind: 'conversation'; readonly page: ConversationPage }
  | { readonly kind: 'locked'; readonly reason: LockedReason }
  /** Tincan is open in another window, to which this one cannot attach for now; `sentence` says why and what helps. */
  | { readonly kind: 'elsewhere'; readonly sentence: string }
  /** Tincan cannot run here; `sentence` says why. */
  | { readonly kind: 'broken'; readonly sentence: string }

export interface WaitingInvite {
  /** `inviting`: one's own invite is out. `joining`: one follows somebody's invite. `confirming`: somebody waits for one's answer.
   * `failed`: one followed an invite in vain.
   */
  readonly kind: 'inviting' | 'joining' | 'confirming' | 'failed'
  /** The invite's or the join's id. */
  readonly id: string
  readonly sentence: string
  readonly expiresAt?: number
}

export interface ConversationPage {
  readonly conversation: Conversation
  readonly self: PersonId
  readonly selfName: string
  /** Oldest first. */
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  readonly draft: string
  /** Of a room, oneself included, in the order of joining; empty in a direct conversation. */
  readonly members: readonly RoomMember[]
  /** The pinned messages of a room that are on this disk, in the order of pinning. */
  readonly pinned: readonly Message[]
}
