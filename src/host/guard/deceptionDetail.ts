import * as vscode from 'vscode'
import { codePointName } from '../../shared/trojanSource.ts'
import type { Deception } from '../../shared/trojanSource.ts'

/** The most places that are named one by one. */
const maxNamed = 5

/** What is deceptive in a code, in words: a line for each place, the first few of them. */
export function deceptionDetail(text: string, found: readonly Deception[]): string {
  const named = found.slice(0, maxNamed).map(({ kind, from, to }) => {
    const line = text.slice(0, from).split('\n').length
    const what = text.slice(from, to)
    switch (kind) {
      case 'mixed-script':
        return vscode.l10n.t('Line {0}: “{1}” mixes Latin letters with look-alikes of another alphabet.', line, what)
      case 'look-alike':
        return vscode.l10n.t('Line {0}: “{1}” is written in another alphabet than the one it looks like.', line, what)
      case 'bidi':
        return vscode.l10n.t('Line {0}: {1} turns the direction of the text around it.', line, codePointName(what))
      case 'invisible':
        return vscode.l10n.t('Line {0}: {1} cannot be seen.', line, codePointName(what))
      case 'control':
        return vscode.l10n.t('Line {0}: {1} is a control character.', line, codePointName(what))
    }
  })
  const more = found.length - named.length
  return [...named, ...(more > 0 ? [vscode.l10n.t('And {0} more places.', more)] : [])].join('\n')
}
