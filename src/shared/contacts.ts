/** The people one knows, and how one comes to know them. What the service says of it; `service.ts` has the rest. */
import type { ConversationId, PersonId } from './ids.ts'

/**
 * Somebody who is to become a contact: a member of a common room who asked, or one whom a common contact introduces.
 * Both sides must accept.
 */
export interface ContactRequest {
  /** Names the request on this device. */
  readonly request: string
  readonly person: PersonId
  readonly name: string
  /** The contact who introduces; absent when the person asked by itself. */
  readonly introducedBy?: PersonId
  /** The room that both are in, where that is how they know each other. */
  readonly room?: ConversationId
  readonly state: 'incoming' | 'outgoing'
}

/** Every request about contacts: its parameters and its result. A refusal is a `ChatError`. */
export interface ContactRequests {
  /** Asks a member of a common room to become a contact. */
  'contact/ask': { params: { person: PersonId }; result: null }
  /** Introduces two contacts to each other. */
  'contact/introduce': { params: { person: PersonId; to: PersonId }; result: null }
  'contact/requests': { params: Record<string, never>; result: readonly ContactRequest[] }
  'contact/answer': { params: { request: string; accept: boolean }; result: { conversation?: ConversationId } }
  /** Gives a contact another name, on this device alone; without a name, the one that it has chosen. */
  'contact/rename': { params: { person: PersonId; name?: string }; result: null }
  /**
   * Ends every link to a contact, and lets it in and calls it no more; to it, this device is offline from now on. All
   * others are told another address. `blocked: false` takes that back.
   */
  'contact/block': { params: { person: PersonId; blocked: boolean }; result: null }
  /**
   * Removes a contact, and everything of their conversation from this device. It is told nothing, keeps what it has, and
   * comes back only by a new invite; all others are told another address.
   */
  'contact/delete': { params: { person: PersonId }; result: null }
}

export interface ContactNotifications {
  /** All open requests, whenever one comes or goes. */
  'contact/requestsChanged': { readonly requests: readonly ContactRequest[] }
}
