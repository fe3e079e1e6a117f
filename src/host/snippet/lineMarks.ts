import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { LineRange } from '../clone/locateLines.ts'

/** Shows lines of a file and marks them, until the user goes on. */
export interface LineMarks extends Disposable {
  /** `column`, 1-based, is where the cursor goes in the first of them. */
  show(document: vscode.TextDocument, lines: (LineRange & { readonly column?: number }) | undefined): Promise<void>
}

export function createLineMarks(): LineMarks {
  const look = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  })
  let marked: vscode.TextEditor | undefined
  const clear = (): void => {
    marked?.setDecorations(look, [])
    marked = undefined
  }
  const moving = vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
    // The first change is the one that brought the cursor here, and it has no kind.
    if (textEditor === marked && kind !== undefined) clear()
  })
  return {
    async show(document, lines) {
      clear()
      const range =
        lines === undefined
          ? undefined
          : document.validateRange(new vscode.Range(lines.first - 1, 0, lines.last - 1, 0))
      const cursor = document.validatePosition(new vscode.Position(range?.start.line ?? 0, (lines?.column ?? 1) - 1))
      const editor = await vscode.window.showTextDocument(document, {
        preview: true,
        viewColumn: vscode.ViewColumn.One,
        // The cursor stands before the lines: selected, they could be typed over by accident.
        ...(range === undefined ? {} : { selection: new vscode.Range(cursor, cursor) }),
      })
      if (range === undefined) return
      editor.setDecorations(look, [range])
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport)
      marked = editor
    },
    dispose() {
      moving.dispose()
      look.dispose()
    },
  }
}
