import * as vscode from 'vscode'
import type { SnippetBody } from '../../shared/service.ts'
import type { SnippetPlace } from '../../shared/webviewProtocol.ts'
import type { LineRange } from '../clone/locateLines.ts'
import { linesOf } from '../clone/locateLines.ts'
import { confirmDeceptive } from '../guard/confirmDeceptive.ts'
import type { SnippetSearch } from './locateInClone.ts'
import { lineWords } from './placeWords.ts'
import { replacementFor } from './replaceLines.ts'

/** Where a snippet was applied; a sentence: it was not, and why; `undefined`: the user thought better of it. */
export type Application = { readonly lines: LineRange } | { readonly sentence: string } | undefined

/**
 * Replaces the lines that a snippet came from by it, in the editor alone: it can be undone, and nothing is saved. Only in
 * a workspace that is trusted, and only after a yes.
 */
export async function applySnippet(body: SnippetBody, search: SnippetSearch): Promise<Application> {
  if (!vscode.workspace.isTrusted) {
    return { sentence: vscode.l10n.t('Nothing is applied in a workspace that you have not marked as trusted.') }
  }
  if (search.kind !== 'file' || search.located.kind === 'lost') {
    return { sentence: vscode.l10n.t('The lines that this would replace are not in your file.') }
  }
  if (search.located.kind !== 'changed') return { sentence: vscode.l10n.t('Your file has exactly this already.') }
  const { document, located } = search
  const replacement = replacementFor(linesOf(document.getText()), located, body.text)
  const apply = vscode.l10n.t('Apply')
  const path = vscode.workspace.asRelativePath(document.uri)
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Replace {0} of {1}?', lineWords(located, vscode.l10n), path),
    { modal: true, detail: vscode.l10n.t('You can undo it, and nothing is saved.') },
    apply,
  )
  const placeOf = (line: number): string => vscode.l10n.t('Line {0}', located.first + line - 1)
  if (answer !== apply || !(await confirmDeceptive(replacement, 'apply', placeOf))) return undefined
  const version = document.version
  const edit = new vscode.WorkspaceEdit()
  const range = new vscode.Range(located.first - 1, 0, located.last - 1, Number.MAX_SAFE_INTEGER)
  edit.replace(document.uri, document.validateRange(range), replacement)
  const isDone = await vscode.workspace.applyEdit(edit)
  if (!isDone || document.version === version)
    return { sentence: vscode.l10n.t('Your file cannot be changed: nothing was applied.') }
  return { lines: { first: located.first, last: located.first + linesOf(replacement).length - 1 } }
}

export const appliedPlace = (lines: LineRange): SnippetPlace => ({
  sentence: vscode.l10n.t('Applied to {0} of your file, which is not saved.', lineWords(lines, vscode.l10n)),
  offers: [],
})
