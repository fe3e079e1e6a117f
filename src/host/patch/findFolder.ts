import * as vscode from 'vscode'
import { repositoryIdentity } from '../../shared/repositoryIdentity.ts'
import type { PatchBody } from '../../shared/service.ts'
import type { Clones } from '../clone/clones.ts'
import { safeName } from '../text/safeName.ts'

/** Where a patch belongs among the open folders, or the sentence that says why nowhere; `undefined`: the user chose none. */
export type FolderSearch =
  | { readonly kind: 'folder'; readonly root: vscode.Uri }
  | { readonly kind: 'none'; readonly sentence: string }
  | undefined

/**
 * The folder that is the repository of a patch. Where several are, the user says which one; and so too where the patch does
 * not tell its repository, for then nothing else does.
 */
export async function findFolder(clones: Clones, { git }: PatchBody): Promise<FolderSearch> {
  const identity = git?.remote === undefined ? undefined : repositoryIdentity(git.remote)
  if (git?.remote === undefined || identity === undefined) {
    const folders = vscode.workspace.workspaceFolders ?? []
    if (folders.length === 0)
      return { kind: 'none', sentence: vscode.l10n.t('Open the folder that this patch is for, then apply it.') }
    return choose(
      folders.map(({ uri }) => uri),
      vscode.l10n.t('The patch does not say which repository it is from. Which folder is it for?'),
    )
  }
  const roots = (await clones.repositoriesOf(git.remote)).map(({ root }) => root)
  const [only] = roots
  if (only === undefined)
    return {
      kind: 'none',
      sentence: vscode.l10n.t('No open folder is a clone of {0}. Open one, then apply the patch.', safeName(identity)),
    }
  return roots.length === 1
    ? { kind: 'folder', root: only }
    : choose(roots, vscode.l10n.t('Several folders are clones of {0}. Which one is it for?', safeName(identity)))
}

async function choose(roots: readonly vscode.Uri[], placeHolder: string): Promise<FolderSearch> {
  const items = roots.map((root) => ({
    label: vscode.workspace.asRelativePath(root, true),
    description: root.path,
    root,
  }))
  const chosen = await vscode.window.showQuickPick(items, { placeHolder })
  return chosen && { kind: 'folder', root: chosen.root }
}
