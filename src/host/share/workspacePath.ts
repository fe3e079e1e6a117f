import { homedir } from 'node:os'
import * as vscode from 'vscode'
import { hidePrivatePaths } from './privatePaths.ts'

/** Relative to the workspace folder the file is in; `undefined` outside of every folder. */
export function workspacePath(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri)
  if (folder === undefined) return undefined
  const root = folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`
  return uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined
}

/** The last part of a file's path, as people call it. */
export const fileName = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1)

/** A text without the places of this machine: see `hidePrivatePaths`. */
export function withoutPrivatePaths(text: string): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [uri.fsPath, uri.path])
  return hidePrivatePaths(text, { home: homedir(), folders: [...new Set(folders)] })
}
