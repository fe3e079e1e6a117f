import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import { previewScheme } from '../share/previews.ts'

/**
 * The text editor the user last worked in. While a conversation has the focus there is no active text editor, yet
 * "insert at cursor" and "send selection" mean the one beside it.
 */
export interface LastEditor extends Disposable {
  readonly current: vscode.TextEditor | undefined
}

export function createLastEditor(): LastEditor {
  let last = vscode.window.activeTextEditor
  const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor !== undefined && isFile(editor)) last = editor
  })
  return {
    get current() {
      const active = vscode.window.activeTextEditor
      if (active !== undefined && isFile(active)) return active
      return last !== undefined && vscode.window.visibleTextEditors.includes(last) ? last : undefined
    },
    dispose: () => void subscription.dispose(),
  }
}

/** Output channels, and what is about to be shared, are shown in text editors too. */
const isFile = ({ document }: vscode.TextEditor): boolean => !['output', previewScheme].includes(document.uri.scheme)
