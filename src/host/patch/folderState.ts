import * as vscode from 'vscode'
import { maxFileLength } from '../../shared/patch/applyFile.ts'
import type { FileState } from '../../shared/patch/planPatch.ts'
import { entryKindIn } from '../clone/entryKind.ts'
import { walkInside } from '../clone/walkInside.ts'

/** Files of a folder as they are now, in the editor rather than on disk where they are open there. */
export interface FolderState {
  readonly root: vscode.Uri
  /** What stands at a path that was asked for. */
  readonly stateOf: (path: string) => FileState
  /** The document of a file that is there. */
  readonly documentOf: (path: string) => vscode.TextDocument | undefined
}

/** Reads what stands at these paths. Symbolic links are not followed, and what lies outside of the open folders is not read. */
export async function readFolder(root: vscode.Uri, paths: readonly string[]): Promise<FolderState> {
  const documents = new Map<string, vscode.TextDocument>()
  const states = new Map<string, FileState>()
  for (const path of paths) {
    const read = await readFile(root, path)
    if (read !== undefined && 'getText' in read) documents.set(path, read)
    states.set(path, read !== undefined && 'getText' in read ? read.getText() : read)
  }
  return {
    root,
    stateOf: (path) => (states.has(path) ? states.get(path) : { refused: 'outside' }),
    documentOf: (path) => documents.get(path),
  }
}

async function readFile(
  root: vscode.Uri,
  path: string,
): Promise<vscode.TextDocument | Extract<FileState, object> | undefined> {
  const uri = vscode.Uri.joinPath(root, path)
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return { refused: 'outside' }
  const kindOf = entryKindIn(root)
  const walked = await walkInside(path, kindOf)
  if (walked === 'refused') return { refused: 'symbolic-link' }
  // A folder of that name, or a file where a folder has to be.
  if (walked === 'absent') return (await isFree(path, kindOf)) ? undefined : { refused: 'exists' }
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxFileLength) return { refused: 'too-large' }
    return await vscode.workspace.openTextDocument(uri)
  } catch {
    return { refused: 'not-text' }
  }
}

async function isFree(path: string, kindOf: ReturnType<typeof entryKindIn>): Promise<boolean> {
  const names = path.split('/')
  for (let count = 1; count <= names.length; count++) {
    const kind = await kindOf(names.slice(0, count).join('/'))
    if (kind === undefined) return true
    if (kind !== 'folder') return false
  }
  return false
}
