import type * as vscode from 'vscode'
import { showHidden } from '../../shared/shownName.ts'
import { codePointName, latinLookOf } from '../../shared/trojanSource.ts'
import type { Deception } from '../../shared/trojanSource.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** The most places that are named one by one, and letters of one name. */
const maxNamed = 5
const maxLetters = 3
/** As much of a line is shown on either side of what hides in it, in UTF-16 units. */
const beside = 16

/**
 * What is deceptive in a code, in words: a line for each place, the first few of them, with the character or letters
 * that there are. `placeOf` says in words which line of the code is meant, counted from 1.
 */
export function deceptionDetail(
  text: string,
  found: readonly Deception[],
  l10n: L10n,
  placeOf: (line: number) => string = (line) => l10n.t('Line {0}', line),
): string {
  const named = found.slice(0, maxNamed).map((deception) => {
    const { kind, from, to } = deception
    const place = placeOf(text.slice(0, from).split('\n').length)
    const what = text.slice(from, to)
    switch (kind) {
      case 'mixed-script':
        return l10n.t(
          '{0}: “{1}” mixes Latin letters with look-alikes of another alphabet: {2}.',
          place,
          what,
          letters(what, l10n),
        )
      case 'look-alike':
        return l10n.t(
          '{0}: “{1}” is written in another alphabet than the one it looks like: {2}.',
          place,
          what,
          letters(what, l10n),
        )
      case 'bidi':
        return l10n.t(
          '{0}: {1} turns the direction of the text around it: “{2}”.',
          place,
          codePointName(what),
          around(text, deception),
        )
      case 'invisible':
        return l10n.t('{0}: {1} cannot be seen: “{2}”.', place, codePointName(what), around(text, deception))
      case 'control':
        return l10n.t('{0}: {1} is a control character: “{2}”.', place, codePointName(what), around(text, deception))
    }
  })
  const more = found.length - named.length
  return [...named, ...(more > 0 ? [l10n.t('And {0} more places.', more)] : [])].join('\n')
}

/** Which letters of a name are not what they look like, and what they look like. */
function letters(name: string, l10n: L10n): string {
  const found = [...new Set(name)].flatMap((letter) => {
    const look = latinLookOf(letter)
    return look === undefined ? [] : [l10n.t('“{0}” ({1}) instead of “{2}”', letter, codePointName(letter), look)]
  })
  return `${found.slice(0, maxLetters).join(', ')}${found.length > maxLetters ? ', …' : ''}`
}

/** What stands beside a hidden character in its line, with everything that hides there spelled out. */
function around(text: string, { from, to }: Deception): string {
  const before = text.slice(Math.max(0, from - beside), from).replace(/^[^]*\n|^[\udc00-\udfff]/gu, '')
  const after = text.slice(to, to + beside).replace(/\n[^]*$|[\ud800-\udbff]$/gu, '')
  return showHidden(`${before}${text.slice(from, to)}${after}`).trim()
}
