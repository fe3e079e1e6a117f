import * as vscode from 'vscode'
import { maxFileLength } from '../../shared/patch/applyFile.ts'
import { maxBinaryBytes } from '../../shared/patch/binary.ts'
import type { Patch } from '../../shared/patch/patch.ts'
import { binaryPathsOf, pathsOf, type FileState } from '../../shared/patch/planPatch.ts'
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

/**
 * Reads what stands at the paths that a patch may touch. Symbolic links are not followed, and what lies outside of the open
 * folders is not read.
 */
export async function readFolder(root: vscode.Uri, patch: Patch): Promise<FolderState> {
  const documents = new Map<string, vscode.TextDocument>()
  const states = new Map<string, FileState>()
  const binary = binaryPathsOf(patch)
  for (const path of pathsOf(patch)) {
    const uri = vscode.Uri.joinPath(root, path)
    const reason = await whyNotRead(root, path)
    if (reason !== 'there') {
      states.set(path, reason)
      continue
    }
    const document = binary.has(path) ? undefined : await textAt(uri)
    if (document !== undefined) documents.set(path, document)
    states.set(path, document === undefined ? await bytesAt(uri) : document.getText())
  }
  return {
    root,
    stateOf: (path) => (states.has(path) ? states.get(path) : { refused: 'outside' }),
    documentOf: (path) => documents.get(path),
  }
}

type State = Extract<FileState, { readonly refused: unknown }> | undefined

/** Whether a file is there to be read; else what is to be said of it. */
async function whyNotRead(root: vscode.Uri, path: string): Promise<'there' | State> {
  const uri = vscode.Uri.joinPath(root, path)
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return { refused: 'outside' }
  const kindOf = entryKindIn(root)
  const walked = await walkInside(path, kindOf)
  if (walked === 'refused') return { refused: 'symbolic-link' }
  // A folder of that name, or a file where a folder has to be.
  if (walked === 'absent') return (await isFree(path, kindOf)) ? undefined : { refused: 'exists' }
  return (await sizeOf(uri)) > maxFileLength ? { refused: 'too-large' } : 'there'
}

async function textAt(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri)
  } catch {
    return undefined
  }
}

/** A file that is no text, or is to be changed as none: as a whole, so that nothing unsaved may be in it. */
async function bytesAt(uri: vscode.Uri): Promise<FileState> {
  const isOpen = (document: vscode.TextDocument): boolean => document.uri.toString() === uri.toString()
  if (vscode.workspace.textDocuments.some((document) => document.isDirty && isOpen(document)))
    return { refused: 'unsaved' }
  if ((await sizeOf(uri)) > maxBinaryBytes) return { refused: 'binary-large' }
  try {
    return await vscode.workspace.fs.readFile(uri)
  } catch {
    return { refused: 'not-text' }
  }
}

/** Infinite for what cannot be looked at. */
async function sizeOf(uri: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size
  } catch {
    return Number.POSITIVE_INFINITY
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
