import * as vscode from 'vscode'
import { isShellLanguage } from '../../shared/shellLanguage.ts'
import { confirmDeceptive } from '../guard/confirmDeceptive.ts'
import type { LastEditor } from '../selection/lastEditor.ts'
import { compareWith } from '../snippet/compareSnippet.ts'
import { putIntoTerminal } from '../snippet/putIntoTerminal.ts'
import type { CodeRequest } from './desk.ts'
import type { SnippetDocuments } from './snippetDocuments.ts'

/** Does what the user asked to do with a piece of received code. */
export async function runCodeAction(
  init: { readonly editor: LastEditor; readonly documents: SnippetDocuments },
  code: CodeRequest,
): Promise<void> {
  const { action, language, text, path } = code
  switch (action) {
    case 'copy':
      return vscode.env.clipboard.writeText(text)
    case 'open':
      return init.documents.open(language, text, path)
    case 'insert':
      return insert(init.editor, text)
    case 'compare':
      return compareWith(init, code)
    case 'terminal':
      return isShellLanguage(language) ? putIntoTerminal(text) : undefined
  }
}

async function insert({ current }: LastEditor, text: string): Promise<void> {
  if (current === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a file and place the cursor where the code should go.'),
    )
    return
  }
  if (!(await confirmDeceptive(text, 'insert'))) return
  const isDone = await current.edit((edit) => {
    for (const selection of current.selections) edit.replace(selection, text)
  })
  if (!isDone) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The code was not inserted: this editor cannot be changed.'))
  }
}
