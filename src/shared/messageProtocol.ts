import type { ConversationId, MessageId, PersonId } from './ids.ts'

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
  /** Offers what can be done with a message; the picker of emoji, or all of it. */
  | {
      readonly type: 'messageMenu'
      readonly menu: 'react' | 'history' | 'more'
      readonly conversation: ConversationId
      readonly message: MessageId
    }
