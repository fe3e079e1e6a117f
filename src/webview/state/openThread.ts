import type { MessageId } from '../../shared/ids.ts'
import type { MessageToWebview } from '../../shared/messageProtocol.ts'
import { isForeign, openConversation, reduceConversation } from './conversationState.ts'
import type { ConversationAction, ConversationState } from './conversationState.ts'

/** The thread that stands before its conversation. */
export interface OpenThread {
  /** What it began with. */
  readonly root: MessageId
  readonly state: ConversationState
  /** What was written there and not sent, when it was opened. */
  readonly draft: string
}

/** The thread that the host shows; one that is open already keeps what is under way. None where nothing of it is here. */
export function openThread(
  {
    conversation,
    thread,
  }: { readonly conversation: ConversationState | undefined; readonly thread: OpenThread | undefined },
  { root, page }: Extract<MessageToWebview, { type: 'thread' }>,
): OpenThread | undefined {
  if (conversation === undefined || page === undefined) return undefined
  const before = thread?.root === root ? thread.state : undefined
  return { root, state: openConversation({ ...conversation, ...page }, before, root), draft: page.draft }
}

export function reduceThread(thread: OpenThread | undefined, action: ConversationAction): OpenThread | undefined {
  return thread && { ...thread, state: reduceConversation(thread.state, action) }
}

/**
 * How far the conversation has been seen by somebody who saw its thread up to a message: as far as nothing of others that
 * stands outside of the thread comes in between.
 */
export function seenThrough(
  { messages, self, seenUpTo }: ConversationState,
  root: MessageId,
  upTo: MessageId,
): MessageId | '' {
  let seen = seenUpTo
  for (const message of messages) {
    if (message.id <= seenUpTo) continue
    const { body } = message
    const isInThread = message.id === root || ('thread' in body && body.thread === root)
    if (isForeign({ self }, message) && (!isInThread || message.id > upTo)) break
    seen = message.id
  }
  return seen
}
