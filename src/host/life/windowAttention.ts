import * as vscode from 'vscode'
import type { ChatLife } from './chatLife.ts'

/** Says when this window is used, so that only the one used last speaks up for all windows of a person. */
export function registerWindowAttention(life: ChatLife): vscode.Disposable {
  let usedAt = 0
  const report = ({ focused }: vscode.WindowState): void => {
    // On losing the focus too: it was used until now.
    usedAt = Date.now()
    life.report({ isFocused: focused, usedAt })
  }
  if (vscode.window.state.focused) report(vscode.window.state)
  return vscode.window.onDidChangeWindowState(report)
}
