import * as vscode from 'vscode'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { snippetBody } from '../snippetBody.ts'
import { tooLong } from '../words.ts'
import { withoutPrivatePaths } from '../workspacePath.ts'

/**
 * A text that is from no file: what a program said, without the empty lines that a terminal has below it. `nothing` says
 * what to do where it is empty.
 */
export function draftOfPlainText(text: string, what: string, nothing: string): Draft {
  const result = snippetBody({ language: 'plaintext', text: withoutPrivatePaths(text).trimEnd() })
  switch (result.kind) {
    case 'empty':
      return refused(nothing)
    case 'too-long':
      return refused(tooLong(result.bytes))
    case 'ok':
      return { kind: 'ready', what, bodies: [result.body] }
  }
}

/** What is selected in the terminal at hand. The editor tells it by way of the clipboard, which is put back. */
export async function draftOfTerminal(): Promise<Draft> {
  const nothing = vscode.l10n.t('Select some text in the terminal first.')
  if (vscode.window.activeTerminal === undefined) return refused(nothing)
  const before = await vscode.env.clipboard.readText()
  // Where nothing is selected, nothing is copied: an empty clipboard tells that apart.
  await vscode.env.clipboard.writeText('')
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection')
  const text = await vscode.env.clipboard.readText()
  await vscode.env.clipboard.writeText(before)
  return draftOfPlainText(text, vscode.l10n.t('a piece of the terminal'), nothing)
}
