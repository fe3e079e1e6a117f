import * as vscode from 'vscode'
import type { EntryKind } from './walkInside.ts'

/** Answers what stands at a path below a folder. Links are told, not followed. */
export function entryKindIn(root: vscode.Uri): (path: string) => Promise<EntryKind | undefined> {
  return async (path) => {
    try {
      const { type } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, path))
      if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link'
      if (type === vscode.FileType.File) return 'file'
      return type === vscode.FileType.Directory ? 'folder' : 'other'
    } catch {
      return undefined
    }
  }
}
