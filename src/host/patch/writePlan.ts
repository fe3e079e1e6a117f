import * as vscode from 'vscode'
import type { PatchPlan } from '../../shared/patch/planPatch.ts'
import { changedSpan } from './changedSpan.ts'
import type { FolderState } from './folderState.ts'

/**
 * Does what a plan says, as one step that can be undone. Files that had no unsaved changes are saved, the others are left to
 * their user. False: the editor refused it, and nothing was changed.
 */
export async function writePlan(plan: PatchPlan, folder: FolderState): Promise<boolean> {
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(folder.root, path)
  const replaced = bytesForBytes(plan, folder)
  const edit = new vscode.WorkspaceEdit()
  // The editor undoes neighbouring steps with files in the order in which they were done, so that a file that was removed and made
  // anew would be gone in the end. Text between them parts the two; where none changes, they are two steps.
  const removal = replaced.length > 0 && !changesText(plan, folder) ? new vscode.WorkspaceEdit() : edit
  for (const { source } of replaced) removal.deleteFile(uriOf(source), { recursive: false, ignoreIfNotExists: false })
  const saved = addSteps(edit, plan, folder, new Set(replaced.map(({ path }) => path)))
  for (const { path, content } of replaced) edit.createFile(uriOf(path), { overwrite: false, contents: content })

  if (removal !== edit && !(await vscode.workspace.applyEdit(removal))) return false
  if (!(await vscode.workspace.applyEdit(edit))) {
    if (removal !== edit)
      for (const { source, present } of replaced) await vscode.workspace.fs.writeFile(uriOf(source), present)
    return false
  }
  for (const path of saved) await (await vscode.workspace.openTextDocument(uriOf(path))).save()
  return true
}

interface Replaced {
  readonly path: string
  readonly content: Uint8Array
  /** What was there, and where: another path than `path` where it is renamed. */
  readonly source: string
  readonly present: Uint8Array
}

/** The files that are no text and become other ones. */
function bytesForBytes(plan: PatchPlan, folder: FolderState): Replaced[] {
  return [...plan.changes].flatMap(([path, content]) => {
    const source = plan.renames.get(path) ?? path
    const present = folder.stateOf(source)
    const isReplaced = content instanceof Uint8Array && present instanceof Uint8Array && content !== present
    return isReplaced ? [{ path, content, source, present }] : []
  })
}

function changesText(plan: PatchPlan, folder: FolderState): boolean {
  return [...plan.changes].some(([path, content]) => {
    const document = folder.documentOf(plan.renames.get(path) ?? path)
    return typeof content === 'string' && document !== undefined && document.getText() !== content
  })
}

/** Everything but what is `left` out. Answers which files are to be saved. */
function addSteps(
  edit: vscode.WorkspaceEdit,
  plan: PatchPlan,
  folder: FolderState,
  left: ReadonlySet<string>,
): readonly string[] {
  const saved: string[] = []
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(folder.root, path)
  const replace = (path: string, text: string): void => {
    const document = folder.documentOf(path)
    const before = document?.getText()
    if (document === undefined || before === undefined || before === text) return
    const { from, to, text: inserted } = changedSpan(before, text)
    edit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), inserted)
  }
  const moved = new Set(plan.renames.values())
  for (const [path, content] of plan.changes) {
    if (left.has(path)) continue
    const from = plan.renames.get(path)
    const source = folder.documentOf(from ?? path)
    if (content === undefined) {
      if (!moved.has(path)) edit.deleteFile(uriOf(path), { recursive: false, ignoreIfNotExists: false })
    } else if (from !== undefined) {
      if (typeof content === 'string') replace(from, content)
      edit.renameFile(uriOf(from), uriOf(path), { overwrite: false })
    } else if (source !== undefined && typeof content === 'string') {
      replace(path, content)
    } else {
      const contents = typeof content === 'string' ? new TextEncoder().encode(content) : content
      edit.createFile(uriOf(path), { overwrite: false, contents })
    }
    if (content !== undefined && source?.isDirty === false) saved.push(path)
  }
  return saved
}
