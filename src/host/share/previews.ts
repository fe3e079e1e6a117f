import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import { fileTitle } from '../text/fileTitle.ts'
import type { PreviewText } from './previewText.ts'

/** The scheme of the documents that show what is about to be shared. */
export const previewScheme = 'tincan-preview'

/** A preview on screen. */
export interface ShownPreview {
  /** Shows something else in its place. */
  update(preview: PreviewText): Promise<void>
  /** Closes its tab, so that the editor is as it was. */
  close(): Promise<void>
}

/** Read-only documents of our own scheme that show what is about to be shared: nothing is written to disk. */
export interface Previews extends Disposable {
  show(preview: PreviewText, what: string): Promise<ShownPreview>
}

export function createPreviews(): Previews {
  const texts = new Map<string, string>()
  const changed = new vscode.EventEmitter<vscode.Uri>()
  const provider = vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? vscode.l10n.t('This preview is over.'),
  })
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('inputValidation.warningBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
    border: '1px solid',
    borderColor: new vscode.ThemeColor('inputValidation.warningBorder'),
    after: {
      contentText: `\u2003${vscode.l10n.t('looks like a secret')}`,
      color: new vscode.ThemeColor('editorWarning.foreground'),
    },
  })
  let count = 0

  const show: Previews['show'] = async (preview, what) => {
    count += 1
    const title = vscode.l10n.t('Preview of {0}', fileTitle(what) ?? '')
    const uri = vscode.Uri.from({ scheme: previewScheme, path: `/${String(count)}/${title}` })
    texts.set(uri.path, preview.text)
    const opened = await vscode.workspace.openTextDocument(uri)
    const document = await vscode.languages.setTextDocumentLanguage(opened, 'markdown')
    const editor = await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true })
    const mark = ({ marked }: PreviewText): void =>
      editor.setDecorations(
        decoration,
        marked.map((line) => document.validateRange(new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER))),
      )
    mark(preview)
    return {
      async update(next) {
        if (texts.get(uri.path) === next.text) return
        texts.set(uri.path, next.text)
        const updated = new Promise<void>((resolve) => {
          const listening = vscode.workspace.onDidChangeTextDocument((event) => {
            if (event.document !== document) return
            listening.dispose()
            resolve()
          })
        })
        changed.fire(uri)
        await updated
        mark(next)
      },
      async close() {
        texts.delete(uri.path)
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs)
        const isOwn = ({ input }: vscode.Tab): boolean =>
          input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()
        await vscode.window.tabGroups.close(tabs.filter(isOwn), true)
      },
    }
  }
  return {
    show,
    dispose() {
      provider.dispose()
      changed.dispose()
      decoration.dispose()
      texts.clear()
    },
  }
}
