import * as vscode from 'vscode'

const command = 'tincan.shareProblem'

/**
 * Sharing a problem as a quick fix of it: the one way into the menu of the Problems view, which takes no entries of
 * extensions, and into the lightbulb.
 */
export function registerProblemActions(): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions({ uri }, _range, { diagnostics, only }) {
      const isOn = vscode.workspace.getConfiguration('tincan.share').get('quickFix') === true
      if (!isOn || only?.contains(vscode.CodeActionKind.QuickFix) === false) return []
      return diagnostics.map((problem) => {
        const title = vscode.l10n.t('Share This Problem…')
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix)
        action.diagnostics = [problem]
        action.command = { command, title, arguments: [uri, problem.range, problem.message] }
        return action
      })
    },
  }
  const everywhere = [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-remote' }]
  return vscode.languages.registerCodeActionsProvider(everywhere, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  })
}

/** The problem that a quick fix names; `undefined` where it is another one by now, or none. */
export async function problemOf(
  args: readonly unknown[],
): Promise<{ readonly document: vscode.TextDocument; readonly problem: vscode.Diagnostic } | undefined> {
  const [uri, range, message] = args
  if (!(uri instanceof vscode.Uri) || !(range instanceof vscode.Range)) return undefined
  const problem = vscode.languages
    .getDiagnostics(uri)
    .find((each) => each.message === message && each.range.isEqual(range))
  return problem === undefined ? undefined : { document: await vscode.workspace.openTextDocument(uri), problem }
}
