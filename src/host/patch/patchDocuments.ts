import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import { openedEarlier } from '../text/openedEarlier.ts'

const scheme = 'tincan-patch'
const maxKept = 200

/** The two sides of what a patch changes, in read-only documents of our own scheme: nothing is written to disk. */
export interface PatchDocuments extends Disposable {
  /**
   * The address of a document of this text. `path` names its tab and tells its language: both sides of a file have the same,
   * so that the editor shows no rename where there is none.
   */
  add(text: string, path: string): vscode.Uri
}

export function createPatchDocuments(): PatchDocuments {
  const texts = new Map<string, string>()
  let count = 0
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.query) ?? openedEarlier(vscode.l10n.t('This patch was opened earlier.')),
  })
  return {
    add(text, path) {
      count += 1
      const uri = vscode.Uri.from({ scheme, path, query: String(count) })
      texts.set(uri.query, text)
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
