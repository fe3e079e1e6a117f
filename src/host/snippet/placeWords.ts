import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import { shownName } from '../../shared/shownName.ts'
import type { SnippetPlace } from '../../shared/webviewProtocol.ts'
import type { LineRange } from '../clone/locateLines.ts'
import type { SnippetSearch } from './locateInClone.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** What the card says of where its lines are, and what can be done about it. `path` is where the file is now. */
export function placeWords(search: SnippetSearch, path: string, l10n: L10n): SnippetPlace {
  switch (search.kind) {
    case 'file': {
      const words = fileWords(search, path, l10n)
      if (!search.isRenamed) return words
      return { ...words, sentence: [l10n.t('In your clone this file is now {0}.', path), words.sentence].join(' ') }
    }
    case 'unknown':
      return plain(l10n.t('It does not say which repository and file it is from: shown read-only.'))
    case 'no-clone':
      return plain(l10n.t('No folder of {0} is open here: shown read-only.', search.identity))
    case 'no-file':
      return plain(l10n.t('Your clone has no file {0}: shown read-only.', shownName(path)))
    case 'refused':
      return plain(
        l10n.t('Not opened: its path leads out of the repository, or through a symbolic link. Shown read-only.'),
      )
    case 'unreadable':
      return plain(l10n.t('The file of this name in your clone cannot be shown as text: shown read-only.'))
    default:
      return assertNever(search)
  }
}

function fileWords(
  { located, document }: Extract<SnippetSearch, { kind: 'file' }>,
  path: string,
  l10n: L10n,
): SnippetPlace {
  switch (located.kind) {
    case 'same':
      return plain(l10n.t('Your file is the same here: {0}.', lineWords(located, l10n)))
    case 'moved':
      return plain(l10n.t('In your file this has moved to {0}.', lineWords(located, l10n)))
    case 'changed':
      return {
        sentence: document.isDirty
          ? l10n.t('Your file, with what is not saved in it, differs in {0}.', lineWords(located, l10n))
          : l10n.t('Your file differs in {0}.', lineWords(located, l10n)),
        offers: ['compareWithMine', 'apply'],
      }
    case 'lost':
      return { sentence: l10n.t('Your file differs: nothing like this is in {0}.', path), offers: ['compareWithMine'] }
    default:
      return assertNever(located)
  }
}

const plain = (sentence: string): SnippetPlace => ({ sentence, offers: [] })

/** `line 5` or `lines 5–7`, for the middle of a sentence. */
export function lineWords({ first, last }: LineRange, l10n: L10n): string {
  return first === last ? l10n.t('line {0}', first) : l10n.t('lines {0}–{1}', first, last)
}
