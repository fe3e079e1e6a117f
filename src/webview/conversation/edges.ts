import type { MessageId } from '../../shared/ids.ts'
import type { ConversationState } from '../state/conversationState.ts'

/** Further messages are asked for when so few rows are left on a side. */
const loadAheadRows = 10

/** Asks for what lies beyond the messages shown, once for each edge, as it comes near. */
export class Edges {
  #askedBefore: MessageId | undefined
  #askedAfter: MessageId | undefined

  load(
    { messages, hasMore, olderFailed, hasNewer }: ConversationState,
    range: { readonly startIndex: number; readonly endIndex: number } | null,
    rowCount: number,
    actions: { loadOlder(): void; loadNewer(): void },
  ): void {
    const oldest = messages[0]?.id
    const newest = messages.at(-1)?.id
    if (hasMore && !olderFailed && oldest !== this.#askedBefore && (range?.startIndex ?? 0) <= loadAheadRows) {
      this.#askedBefore = oldest
      actions.loadOlder()
    }
    if (hasNewer && newest !== this.#askedAfter && (range?.endIndex ?? 0) >= rowCount - loadAheadRows) {
      this.#askedAfter = newest
      actions.loadNewer()
    }
  }
}
