import * as vscode from 'vscode'
import { findDeceptions } from '../../shared/trojanSource.ts'
import { deceptionDetail } from './deceptionDetail.ts'

/** What received code is about to be used for. */
export type CodeUse = 'insert' | 'apply' | 'terminal'

/**
 * Whether code may go where the user wants it: asked once more where it holds what hides or imitates, with what that is.
 * `placeOf` says where a line of the code is, in words, where that is elsewhere than in the code alone.
 */
export async function confirmDeceptive(
  text: string,
  use: CodeUse,
  placeOf?: (line: number) => string,
): Promise<boolean> {
  const deceptions = findDeceptions(text)
  if (deceptions.length === 0) return true
  const { question, yes } = words(use)
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: deceptionDetail(text, deceptions, vscode.l10n, placeOf) },
    yes,
  )
  return answer === yes
}

function words(use: CodeUse): { readonly question: string; readonly yes: string } {
  switch (use) {
    case 'insert':
      return {
        question: vscode.l10n.t('This code is not what it looks like. Insert it nevertheless?'),
        yes: vscode.l10n.t('Insert Anyway'),
      }
    case 'apply':
      return {
        question: vscode.l10n.t('This code is not what it looks like. Apply it nevertheless?'),
        yes: vscode.l10n.t('Apply Anyway'),
      }
    case 'terminal':
      return {
        question: vscode.l10n.t('This command is not what it looks like. Put it into the terminal nevertheless?'),
        yes: vscode.l10n.t('Put It There Anyway'),
      }
  }
}
