import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'

const scheme = 'tincan-patch'
const maxKept = 200

/** The two sides of what a patch changes, in read-only documents of our own scheme: nothing is written to disk. */
export interface PatchDocuments extends Disposable {
  /** The address of a document of this text. `name` is fit for a title; the editor knows the language by it. */
  add(text: string, name: string): vscode.Uri
}

export function createPatchDocuments(): PatchDocuments {
  const texts = new Map<string, string>()
  let count = 0
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? vscode.l10n.t('This patch was opened earlier. Open it again from its conversation.'),
  })
  return {
    add(text, name) {
      count += 1
      const uri = vscode.Uri.from({ scheme, path: `/${String(count)}/${name}` })
      texts.set(uri.path, text)
      const oldest = texts.keys().next()
      if (texts.size > maxKept && oldest.done !== true) texts.delete(oldest.value)
      return uri
    },
    dispose() {
      provider.dispose()
      texts.clear()
    },
  }
}
