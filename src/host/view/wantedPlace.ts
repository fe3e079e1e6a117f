import { chatError } from '../../shared/chatError.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { ConversationFeed } from './conversationFeed.ts'

/** A message to be shown, and the texts that are marked in it. */
export interface RevealedPlace {
  readonly conversation: ConversationId
  readonly message: MessageId
  readonly marks: readonly string[]
}

/** Where the user wants to go, until its conversation is on screen. */
export interface WantedPlace {
  want(place: RevealedPlace): void
  /** This is on screen now: goes to the place where it is in there. */
  settle(feed: ConversationFeed | undefined): void
}

/** `fail` is told of what hinders, such as a message that is not there any more. */
export function createWantedPlace(fail: (error: unknown) => void): WantedPlace {
  let wanted: RevealedPlace | undefined
  return {
    want(place) {
      wanted = place
    },
    settle(feed) {
      if (wanted === undefined || feed?.conversation !== wanted.conversation) return
      const { message, marks } = wanted
      wanted = undefined
      feed.reveal(message, marks).then((isThere) => {
        if (!isThere) fail(chatError('unknown-message'))
      }, fail)
    },
  }
}
