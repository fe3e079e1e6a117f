import type { Wording } from '../../shared/messages.ts'
import { excerpt } from '../search/excerpt.ts'

/** A wording of a message as a row of a list. */
export interface WordingItem {
  readonly label: string
  readonly description: string
  /** The whole of it. */
  readonly text: string
}

/** All wordings of a message as rows, the newest first: one line of each, in which nothing is an icon or turns the row. */
export function wordingItems(wordings: readonly Wording[], language: string): readonly WordingItem[] {
  return [...wordings].reverse().map(({ at, text }) => ({
    label: excerpt(text, []),
    description: new Date(at).toLocaleString(language),
    text,
  }))
}
