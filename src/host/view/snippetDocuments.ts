import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import { fileTitle } from '../text/fileTitle.ts'
import { openedEarlier } from '../text/openedEarlier.ts'

const scheme = 'tincan-snippet'
const maxKept = 50

/** Received code in read-only documents of our own scheme: nothing is written to disk. */
export interface SnippetDocuments extends Disposable {
  /** `path` is where the code was cut out of, if known: it names the tab. */
  open(language: string, text: string, path?: string): Promise<void>
  /** Only its address, for a comparison. `name` is fit for a title, and tells its language by its ending. */
  add(text: string, name: string): vscode.Uri
}

export function createSnippetDocuments(): SnippetDocuments {
  const texts = new Map<string, string>()
  let count = 0
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? openedEarlier(vscode.l10n.t('This snippet was opened earlier.')),
  })
  const closing = vscode.workspace.onDidCloseTextDocument((document) => {
    if (document.uri.scheme === scheme) texts.delete(document.uri.path)
  })
  const add = (text: string, title: string): vscode.Uri => {
    count += 1
    // The number keeps two snippets of one file apart; a tab shows the last part alone.
    const uri = vscode.Uri.from({ scheme, path: `/${String(count)}/${title}` })
    texts.set(uri.path, text)
    const oldest = texts.keys().next()
    if (texts.size > maxKept && oldest.done !== true) texts.delete(oldest.value)
    return uri
  }
  return {
    add,
    async open(language, text, path) {
      const name = path === undefined ? undefined : fileTitle(path)
      const title = name === undefined ? vscode.l10n.t('Snippet {0}', count + 1) : vscode.l10n.t('{0} (snippet)', name)
      const document = await vscode.workspace.openTextDocument(add(text, title))
      const known = await vscode.languages.getLanguages()
      const shown = known.includes(language)
        ? await vscode.languages.setTextDocumentLanguage(document, language)
        : document
      await vscode.window.showTextDocument(shown, { preview: true, viewColumn: vscode.ViewColumn.One })
    },
    dispose() {
      provider.dispose()
      closing.dispose()
      texts.clear()
    },
  }
}
