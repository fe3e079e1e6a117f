import { mapSpans } from './mapSpans.ts'
import { codePointName, findDeceptions, type Deception } from './trojanSource.ts'

/** Stands in front of a name that is not what it looks like, where nothing but plain text can be shown. */
const sign = '⚠'

/**
 * A text that somebody else wrote, with what hides in it written as code points (`[U+202E]`), for places of plain text:
 * a row of a list, a summary. What its script or an emoji needs stays as it is.
 */
export function showHidden(text: string): string {
  return spellOut(text, findDeceptions(text))
}

/**
 * The name of a file that somebody else chose, for places that show plain text (the title of a tab, a sentence): as
 * `showHidden` has it, and with a sign in front where it is not what it looks like. Ordinary names, of whatever script,
 * stay as they are.
 */
export function shownName(name: string): string {
  const deceptions = findDeceptions(name)
  return deceptions.length === 0 ? name : `${sign} ${spellOut(name, deceptions)}`
}

function spellOut(text: string, deceptions: readonly Deception[]): string {
  const shown = mapSpans(text, deceptions, (piece, { kind }) =>
    kind === 'mixed-script' || kind === 'look-alike' ? piece : `[${codePointName(piece)}]`,
  )
  return shown.join('')
}
