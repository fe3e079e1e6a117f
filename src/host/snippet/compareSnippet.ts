import * as vscode from 'vscode'
import type { LastEditor } from '../selection/lastEditor.ts'
import { fileTitle } from '../text/fileTitle.ts'
import type { SnippetDocuments } from '../view/snippetDocuments.ts'
import { linesOf } from '../clone/locateLines.ts'
import type { SnippetSearch } from './locateInClone.ts'
import { replaceLines, replacementFor } from './replaceLines.ts'

/** A received piece of code. */
export interface ComparedCode {
  readonly language: string
  readonly text: string
  readonly path?: string
}

interface CompareInit {
  readonly documents: SnippetDocuments
  readonly editor: LastEditor
}

/**
 * Shows the editor's own comparison of a file with what it would be with the snippet in it; of the snippet alone, where
 * nothing in the file is like it.
 */
export async function compareWithFile(
  { documents }: Pick<CompareInit, 'documents'>,
  code: ComparedCode,
  { document, located }: Extract<SnippetSearch, { kind: 'file' }>,
): Promise<void> {
  const text = document.getText()
  const theirs =
    located.kind === 'lost' ? code.text : replaceLines(text, located, replacementFor(linesOf(text), located, code.text))
  const name = fileTitle(document.uri.path) ?? 'snippet'
  await showDiff(documents.add(theirs, name), document.uri, vscode.l10n.t('{0} (theirs ↔ yours)', name))
}

type Other = 'clipboard' | 'selection' | 'editor' | 'file'

/** Lets the user pick what to compare a snippet with, and shows the editor's own comparison. */
export async function compareWith({ documents, editor }: CompareInit, code: ComparedCode): Promise<void> {
  const active = editor.current
  const hasSelection = active !== undefined && !active.selection.isEmpty
  const name = (code.path === undefined ? undefined : fileTitle(code.path)) ?? vscode.l10n.t('snippet')
  const rows: (vscode.QuickPickItem & { readonly other: Other })[] = [
    { label: `$(clippy) ${vscode.l10n.t('Clipboard')}`, other: 'clipboard' },
    ...(active === undefined
      ? []
      : hasSelection
        ? [
            {
              label: `$(selection) ${vscode.l10n.t('Selection')}`,
              description: shortPath(active),
              other: 'selection' as const,
            },
          ]
        : [
            {
              label: `$(file) ${vscode.l10n.t('Active File')}`,
              description: shortPath(active),
              other: 'editor' as const,
            },
          ]),
    { label: `$(folder-opened) ${vscode.l10n.t('A File…')}`, other: 'file' },
  ]
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: vscode.l10n.t('Compare {0} with…', name) })
  const other = picked === undefined ? undefined : await otherSide(picked.other, documents, active, name)
  if (other === undefined) return
  await showDiff(documents.add(code.text, name), other.uri, `${name} ↔ ${other.title}`)
}

async function otherSide(
  kind: Other,
  documents: SnippetDocuments,
  active: vscode.TextEditor | undefined,
  name: string,
): Promise<{ readonly uri: vscode.Uri; readonly title: string } | undefined> {
  switch (kind) {
    case 'clipboard':
      return { uri: documents.add(await vscode.env.clipboard.readText(), name), title: vscode.l10n.t('Clipboard') }
    case 'selection': {
      if (active === undefined) return undefined
      const text = active.document.getText(active.selection)
      return { uri: documents.add(text, name), title: vscode.l10n.t('Selection') }
    }
    case 'editor':
      return active === undefined ? undefined : { uri: active.document.uri, title: shortPath(active) }
    case 'file': {
      const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false })) ?? []
      return uri === undefined ? undefined : { uri, title: vscode.workspace.asRelativePath(uri) }
    }
  }
}

const shortPath = ({ document }: vscode.TextEditor): string => vscode.workspace.asRelativePath(document.uri)

const showDiff = (left: vscode.Uri, right: vscode.Uri, title: string): Thenable<unknown> =>
  vscode.commands.executeCommand('vscode.diff', left, right, title, {
    preview: true,
    viewColumn: vscode.ViewColumn.One,
  })
