import * as vscode from 'vscode'
import type { FileContent } from '../../shared/patch/applyFile.ts'
import type { PatchPlan } from '../../shared/patch/planPatch.ts'
import { changedSpan } from './changedSpan.ts'
import type { FolderState } from './folderState.ts'

/**
 * Does what a plan says, as one step that can be undone. Files that had no unsaved changes are saved, the others are left to
 * their user. False: the editor refused it, and nothing was changed.
 */
export async function writePlan(plan: PatchPlan, folder: FolderState): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit()
  const saved: vscode.Uri[] = []
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(folder.root, path)
  const replace = (path: string, text: string): void => {
    const document = folder.documentOf(path)
    const before = document?.getText()
    if (document === undefined || before === undefined || before === text) return
    const { from, to, text: inserted } = changedSpan(before, text)
    edit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), inserted)
  }
  const remove = (path: string): void => {
    edit.deleteFile(uriOf(path), { recursive: false, ignoreIfNotExists: false })
  }
  const create = (path: string, content: FileContent): void => {
    const contents = typeof content === 'string' ? new TextEncoder().encode(content) : content
    edit.createFile(uriOf(path), { overwrite: false, contents })
  }
  const moved = new Set(plan.renames.values())
  for (const [path, content] of plan.changes) {
    const from = plan.renames.get(path)
    const present = folder.stateOf(from ?? path)
    const source = folder.documentOf(from ?? path)
    if (content === undefined) {
      if (!moved.has(path)) remove(path)
    } else if (from !== undefined && (content === present || typeof content === 'string')) {
      if (typeof content === 'string') replace(from, content)
      edit.renameFile(uriOf(from), uriOf(path), { overwrite: false })
    } else if (source !== undefined && typeof content === 'string') {
      replace(path, content)
    } else {
      // Bytes are put in the place of bytes: made over what is there, the undo of the editor would only remove them.
      if (from !== undefined || present !== undefined) remove(from ?? path)
      create(path, content)
    }
    if (content !== undefined && source?.isDirty === false) saved.push(uriOf(path))
  }
  if (!(await vscode.workspace.applyEdit(edit))) return false
  for (const uri of saved) await (await vscode.workspace.openTextDocument(uri)).save()
  return true
}
