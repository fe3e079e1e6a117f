import type { TextRange } from '../../shared/search.ts'
import { showHidden } from '../../shared/shownName.ts'

/** How much of a message a row of results shows, in UTF-16 units, and how much of that stands before what was found. */
const maxLength = 110
const lead = 30

/** What breaks a line or is no character of its own. What hides or turns text is shown, not taken out. */
const unfit = /[\p{Zl}\p{Zp}\p{Co}\p{Cs}\s]+/gu

/**
 * One line of a message around the first thing that was found in it, fit for a row of the editor: without line breaks,
 * with characters that hide or turn text as their code points, and without what the editor would read as an icon.
 */
export function excerpt(text: string, ranges: readonly TextRange[]): string {
  const at = ranges[0]?.from ?? 0
  const start = at <= lead ? 0 : wordStart(text, at - lead)
  const end = start + maxLength
  const line = showHidden(text.slice(start, end)).replace(unfit, ' ').trim().replaceAll('$(', '$ (')
  return `${start > 0 ? '…' : ''}${line}${end < text.length ? '…' : ''}`
}

/** The beginning of the first word at or after a place, as long as one begins soon. */
function wordStart(text: string, at: number): number {
  const gap = text.slice(at, at + lead).search(/\s\S/)
  return gap < 0 ? at : at + gap + 1
}

/** The different texts that were found in a message, to be marked where it is shown. */
export function foundTexts(text: string, ranges: readonly TextRange[]): readonly string[] {
  return [...new Set(ranges.map(({ from, to }) => text.slice(from, to)))]
}
