import type { ConversationId, MessageId, PersonId } from './ids.ts'
import type { MessageDeed } from './messageOffers.ts'
import type { Message } from './service.ts'

/** What is done with the messages that the user selected: the first leaves them as they are. */
export const selectionDeeds = ['copy', 'forward', 'hide', 'erase'] as const
export type SelectionDeed = (typeof selectionDeeds)[number]

/** What of a thread is shown first, and what was written there and not sent. */
export interface ThreadPage {
  /** What it began with, where that is here, then the newest answers; oldest first. */
  readonly messages: readonly Message[]
  readonly hasMore: boolean
  readonly draft: string
}

/** What happens in the thread that is shown. */
export type ThreadEvent =
  | { readonly type: 'added'; readonly messages: readonly Message[] }
  | { readonly type: 'changed'; readonly messages: readonly Message[] }
  | { readonly type: 'removed'; readonly messages: readonly MessageId[] }
  /** Answers `loadThread`. */
  | {
      readonly type: 'older'
      readonly request: number
      readonly messages: readonly Message[]
      readonly hasMore: boolean
    }

/** What a webview is told of messages that are there. */
export type MessageToWebview =
  /** Messages are gone from this device. */
  | { readonly type: 'removed'; readonly messages: readonly MessageId[] }
  /** The user wants to answer a message, to give it another wording, to select it, or to see its thread. */
  | { readonly type: 'compose'; readonly mode: 'reply' | 'edit' | 'select' | 'thread'; readonly message: MessageId }
  /** A key of the editor stands for this: to be done with the message that has the keyboard. */
  | { readonly type: 'messageKey'; readonly deed: MessageDeed }
  /** What was selected was dealt with. */
  | { readonly type: 'unselect' }
  /** Answers `openThread`; without a page there is nothing of it here. */
  | { readonly type: 'thread'; readonly root: MessageId; readonly page?: ThreadPage }
  | { readonly type: 'inThread'; readonly root: MessageId; readonly event: ThreadEvent }

/** What a webview asks of messages that are there. */
export type MessageToHost =
  /** The user is done here: the keyboard goes back to the editor. */
  | { readonly type: 'focusEditor' }
  /** Gives an own message another wording. */
  | {
      readonly type: 'edit'
      readonly conversation: ConversationId
      readonly message: MessageId
      readonly text: string
      readonly mentions?: readonly PersonId[]
    }
  /** Puts an emoji beside a message, or takes it away. */
  | {
      readonly type: 'react'
      readonly conversation: ConversationId
      readonly message: MessageId
      readonly emoji: string
      readonly on: boolean
    }
  /** Does something with a message, or offers all that can be done. */
  | {
      readonly type: 'messageMenu'
      readonly menu: MessageDeed
      readonly conversation: ConversationId
      readonly message: MessageId
    }
  /** A message has the keyboard, and with it the keys that stand for something to be done with it; or none has. */
  | { readonly type: 'messageFocus'; readonly isOn: boolean }
  /** Does something with several messages, in their order. */
  | {
      readonly type: 'selection'
      readonly deed: SelectionDeed
      readonly conversation: ConversationId
      /** At least one, at most `maxHidden`, each once. */
      readonly messages: readonly MessageId[]
    }
  /** Shows a message that a link in a text leads to, where it is here. */
  | { readonly type: 'openMessage'; readonly conversation: ConversationId; readonly message: MessageId }
  /** Offers for how long what is written here is kept. */
  | { readonly type: 'showLifetime'; readonly conversation: ConversationId }

/** What a webview asks of threads. */
export type ThreadToHost =
  /** Shows the thread that began with a message, instead of one that is shown. */
  | { readonly type: 'openThread'; readonly conversation: ConversationId; readonly message: MessageId }
  | { readonly type: 'closeThread' }
  /** The answers of a thread before one of them. */
  | {
      readonly type: 'loadThread'
      readonly request: number
      readonly conversation: ConversationId
      readonly message: MessageId
      readonly before: MessageId
    }
