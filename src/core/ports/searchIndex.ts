/**
 * Words of messages, in memory and nowhere else: built anew from decrypted messages whenever it is needed, and gone with
 * `close`. It knows words as opaque strings of letters, digits and marks, in one folded form, and tags.
 *
 * All calls are synchronous and short: `put` takes what the caller bounds, and `find` does not depend on how many fit.
 */
export interface SearchIndex {
  /** Adds messages, in the place of what was there for the same (log, seq). */
  put(entries: readonly SearchEntry[]): void
  /** Forgets messages of a log, `from` to `to` inclusive. */
  remove(log: number, from: number, to: number): void
  /** The newest `limit` messages older than `before` (or of all) that fit, the newest first. */
  find(query: SearchQuery, before: SearchPlace | undefined, limit: number): readonly SearchPlace[]
  /** How many messages it holds. */
  readonly size: number
  /** Bytes that it takes. */
  readonly memoryBytes: number
  close(): void
}

/** Makes an empty index. */
export type CreateSearchIndex = () => SearchIndex

/** A message by its local numbers. Of the same moment, the order is the index's own, and stays. */
export interface SearchPlace {
  readonly log: number
  readonly seq: number
  /** Milliseconds since 1970, 0 to 2^42 - 1. */
  readonly at: number
}

export interface SearchEntry extends SearchPlace {
  /** In their order. */
  readonly words: readonly string[]
  /** Words that stand beside the text, each for itself. */
  readonly wholes: readonly string[]
  readonly tags: readonly string[]
}

/** `from <= at < until`, all of `tags` (of each list any), and of each term at least one phrase. */
export interface SearchQuery {
  readonly terms: readonly (readonly { readonly words: readonly string[]; readonly isPrefix: boolean }[])[]
  readonly tags: readonly (readonly string[])[]
  readonly from: number
  readonly until: number
}

/** The latest moment that a place can have. */
export const maxAt = 2 ** 42 - 1
