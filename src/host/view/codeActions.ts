import * as vscode from 'vscode'
import type { LastEditor } from '../selection/lastEditor.ts'
import { findDeceptions } from '../../shared/trojanSource.ts'
import type { Deception } from '../../shared/trojanSource.ts'
import { deceptionDetail } from './deceptionDetail.ts'
import type { CodeRequest } from './desk.ts'
import type { SnippetDocuments } from './snippetDocuments.ts'

/** Does what the user asked to do with a piece of received code. */
export async function runCodeAction(
  init: { readonly editor: LastEditor; readonly documents: SnippetDocuments },
  { action, language, text, path }: CodeRequest,
): Promise<void> {
  switch (action) {
    case 'copy':
      return vscode.env.clipboard.writeText(text)
    case 'open':
      return init.documents.open(language, text, path)
    case 'insert':
      return insert(init.editor, text)
  }
}

async function insert({ current }: LastEditor, text: string): Promise<void> {
  if (current === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file and place the cursor where the code should go.'),
    )
    return
  }
  const deceptions = findDeceptions(text)
  if (deceptions.length > 0 && !(await isWanted(text, deceptions))) return
  const isDone = await current.edit((edit) => {
    for (const selection of current.selections) edit.replace(selection, text)
  })
  if (!isDone) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The code was not inserted: this editor cannot be changed.'))
  }
}

/** Asks once more before code with hidden or imitating characters goes into a file. */
async function isWanted(text: string, deceptions: readonly Deception[]): Promise<boolean> {
  const insert = vscode.l10n.t('Insert Anyway')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('This code is not what it looks like. Insert it nevertheless?'),
    { modal: true, detail: deceptionDetail(text, deceptions) },
    insert,
  )
  return answer === insert
}
