/** Searching what was said. What the service says of it; `service.ts` has the rest. */
import type { ConversationId, MessageId } from './ids.ts'
import type { Message } from './service.ts'

/** The most messages one `search/messages` returns. */
export const maxSearchPage = 100
/** The most characters of a query; what is beyond is refused by name, not cut in silence. */
export const maxQueryLength = 16 * 1024

/** Some characters of a text: UTF-16 units, `to` excluded. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

export interface SearchHit {
  readonly conversation: ConversationId
  readonly message: Message
  /** Where the body's `text` holds what was looked for; empty where something else about the message is what fits. */
  readonly ranges: readonly TextRange[]
}

export interface SearchRequests {
  /**
   * Messages that hold everything asked for, the newest first: words (the last one a beginning, unless white space
   * follows), `word*`, `"a phrase"`, `from:name`, `from:me`, `in:title`, `has:code|file|link`, `before:`, `after:` and `on:`
   * with `2026-11-28`, `2026-11`, `2026`, `today` or `yesterday`. `before`: the `next` of the page before. `complete`: answer
   * once everything was read; otherwise `unread` says how many messages could not be looked through yet.
   */
  'search/messages': {
    params: { query: string; conversation?: ConversationId; limit: number; before?: string; complete?: boolean }
    result: { hits: readonly SearchHit[]; next?: string; unread: number }
  }
  /** The first message that was sent at or after a time, or the last one where none was; `null` where there is none at all. */
  'conversation/atTime': {
    params: { conversation: ConversationId; time: number }
    result: { message: MessageId } | null
  }
}
