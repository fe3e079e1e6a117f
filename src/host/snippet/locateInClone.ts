import * as vscode from 'vscode'
import type { SnippetBody } from '../../shared/service.ts'
import type { CloneSearch, Clones } from '../clone/clones.ts'
import { locateLines } from '../clone/locateLines.ts'
import type { Located } from '../clone/locateLines.ts'

/** Where a snippet is in the user's own clone, with the file as the editor has it: unsaved changes count. */
export type SnippetSearch =
  | {
      readonly kind: 'file'
      readonly document: vscode.TextDocument
      readonly located: Located
      /** It is no longer where the snippet says. */
      readonly isRenamed: boolean
    }
  | Exclude<CloneSearch, { readonly kind: 'found' | 'renamed' }>
  /** There is a file, but none of text. */
  | { readonly kind: 'unreadable' }

/** Finds a snippet; shows nothing. */
export async function locateInClone(clones: Clones, body: SnippetBody): Promise<SnippetSearch> {
  const { remote, commit } = body.git ?? {}
  const search = await clones.find({
    text: body.text,
    ...(remote === undefined ? {} : { remote }),
    ...(commit === undefined ? {} : { commit }),
    ...(body.path === undefined ? {} : { path: body.path }),
  })
  if (search.kind !== 'found' && search.kind !== 'renamed') return search
  try {
    const document = await vscode.workspace.openTextDocument(search.uri)
    const located = locateLines(document.getText(), body)
    return { kind: 'file', document, located, isRenamed: search.kind === 'renamed' }
  } catch {
    return { kind: 'unreadable' }
  }
}
