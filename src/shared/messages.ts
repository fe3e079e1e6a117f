/** What people do with messages: answer, change, take back, react. What the service says of it; `service.ts` has the rest. */
import type { PatchResultBody } from './code.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'
import type { Message } from './service.ts'

/** The most emoji that one person puts beside one message. */
export const maxReactions = 8
/** The most times a message is changed. */
export const maxEdits = 100
/** The most messages that are hidden at once. */
export const maxHidden = 200

/** Where a message stands among the others. */
export interface Placed {
  /** The message that it answers. */
  readonly replyTo?: MessageId
  /** The message that its thread began with. */
  readonly thread?: MessageId
  /** It was written elsewhere, and passed on from there. */
  readonly forwarded?: true
  /** It disappears so long after it was delivered, or read. Its writer's Tincan says so; whoever sends it cannot. */
  readonly lifetimeMs?: number
}

/** What of a message that is answered stands above the answer. */
export interface Quote {
  readonly author: PersonId
  /** One line; empty where there is nothing to read, or nothing any more. */
  readonly summary: string
}

/** An emoji beside a message, and who put it there, in the order of their reactions. */
export interface Reaction {
  readonly emoji: string
  readonly people: readonly PersonId[]
}

/** What somebody did with a patch, by its own word: of each person the latest. */
export interface PatchResult extends Pick<PatchResultBody, 'outcome' | 'hunks'> {
  readonly person: PersonId
  /** By that person's claim. */
  readonly at: number
}

/** What others said about a message, and its author since. Each is there only where there is something to say. */
export interface Told {
  /** The author changed it: when last by its own claim, and how often. The body is the newest. */
  readonly edited?: { readonly at: number; readonly count: number }
  /** Who took it back for everybody; the body is gone. */
  readonly erasedBy?: PersonId
  readonly reactions?: readonly Reaction[]
  /** Of a patch: what became of it, the latest first. */
  readonly results?: readonly PatchResult[]
  /** Of the message that it answers; absent while that is not here. */
  readonly quote?: Quote
  /** Of one that disappears, once its time has begun on this device: when it is over. */
  readonly fadesAt?: number
  /** Answers in the thread that begins with it. */
  readonly replies?: {
    readonly count: number
    readonly last: MessageId
    /** When that was sent, by its author's claim. */
    readonly lastAt: number
  }
}

/** A text that a message had. */
export interface Wording {
  /** When it got this text, by its author's claim. */
  readonly at: number
  readonly text: string
  readonly mentions?: readonly PersonId[]
}

/** What subscribers are told of messages beside that they came or changed. */
export interface MessageNotifications {
  /** Gone from this device. */
  'message/removed': { readonly conversation: ConversationId; readonly messages: readonly MessageId[] }
  /** It was deleted here, or its contact: it is not in the list any more. */
  'conversation/removed': { readonly conversation: ConversationId }
}

/** Every request about messages that are there: its parameters and its result. A refusal is a `ChatError`. */
export interface MessageRequests {
  /** Gives an own text another wording. The earlier ones stay readable for everybody. */
  'message/edit': {
    params: { conversation: ConversationId; message: MessageId; text: string; mentions?: readonly PersonId[] }
    result: null
  }
  /** All wordings of a message, the first one first. */
  'message/edits': {
    params: { conversation: ConversationId; message: MessageId }
    result: { wordings: readonly Wording[] }
  }
  /**
   * Takes a message back for everybody: an own one, or in a room as owner or admin one of somebody who ranks below.
   * Every device that hears of it removes the content from its disk; what somebody copied before stays copied.
   */
  'message/erase': { params: { conversation: ConversationId; message: MessageId }; result: null }
  /** Removes messages from this device alone. The others keep them. */
  'message/hide': { params: { conversation: ConversationId; messages: readonly MessageId[] }; result: null }
  /** Puts an emoji beside a message, or takes it away. */
  'message/react': {
    params: { conversation: ConversationId; message: MessageId; emoji: string; on: boolean }
    result: null
  }
  /** The message that a thread began with (`null` where it is not here) and the newest `limit` of its answers before `before`, oldest first. */
  'message/thread': {
    params: { conversation: ConversationId; message: MessageId; before?: MessageId; limit: number }
    result: { root: Message | null; messages: readonly Message[]; hasMore: boolean }
  }
  /** Everything of others from this message on counts as unread. */
  'conversation/unread': { params: { conversation: ConversationId; from: MessageId }; result: null }
  /**
   * Removes everything that is in a conversation from this device; what was not delivered yet is not sent any more. A room
   * that this person is no member of goes from the list as well. The others keep what they have.
   */
  'conversation/delete': { params: { conversation: ConversationId }; result: null }
  /** The conversation with oneself, made where there is none yet. */
  'conversation/self': { params: Record<string, never>; result: { conversation: ConversationId } }
}
