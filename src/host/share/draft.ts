import type { SendBody } from '../../shared/service.ts'

/** What is about to be shared: nobody has it yet, and nobody has been chosen. */
export interface ReadyDraft {
  readonly kind: 'ready'
  /** What it is, for the middle of a question: `3 lines of kettle.ts`. */
  readonly what: string
  /** The messages, in order. At least one. */
  readonly bodies: readonly SendBody[]
  /** The same with the lines around them, where there are any. */
  readonly withSurroundings?: readonly SendBody[]
  /** What the user has to know of it and the receiver does not see, such as what does not travel. */
  readonly notes?: readonly string[]
}

/** What a source has to share, or the sentence that says why there is nothing. `cancelled`: the user knows. */
export type Draft =
  ReadyDraft | { readonly kind: 'refused'; readonly sentence: string } | { readonly kind: 'cancelled' }

export const refused = (sentence: string): Draft => ({ kind: 'refused', sentence })
