import type { Position } from '../ports/store.ts'

/** What is said of a conversation over a link and kept in no log. */
export type Signal =
  | { readonly type: 'typing'; readonly isTyping: boolean }
  /** Everything up to here was read. */
  | { readonly type: 'read'; readonly upTo: Position }
