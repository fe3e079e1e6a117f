import * as vscode from 'vscode'
import type { PatchResultBody } from '../../shared/code.ts'
import { parsePatch } from '../../shared/patch/parsePatch.ts'
import type { Patch } from '../../shared/patch/patch.ts'
import { pathsOf, planPatch, type PatchPlan } from '../../shared/patch/planPatch.ts'
import type { PatchBody } from '../../shared/service.ts'
import type { Clones } from '../clone/clones.ts'
import { confirmDeceptive } from '../guard/confirmDeceptive.ts'
import { findFolder } from './findFolder.ts'
import { readFolder } from './folderState.ts'
import { writePlan } from './writePlan.ts'

/** What became of a patch here. */
export interface Tried {
  readonly plan: PatchPlan
  /** What to tell its sender; absent where nothing was done. */
  readonly result?: Pick<PatchResultBody, 'outcome' | 'hunks'>
}

/**
 * Applies a patch to the folder that it belongs to, as far as it fits and the user wants. Asks where only a part fits, and
 * once more where it holds what deceives. `undefined`: it came to nothing, and the user knows why.
 */
export async function applyPatch(clones: Clones, body: PatchBody): Promise<Tried | undefined> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted()
  const patch = parsePatch(body.text)
  const found = await findFolder(clones, body)
  if (found?.kind === 'none') void vscode.window.showWarningMessage(found.sentence)
  if (found?.kind !== 'folder') return undefined
  const plan = await planIn(found.root, patch)
  if (plan.hunks.applied === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing of this patch can be applied here. Its card says why.'),
    )
    return { plan }
  }
  if (!(await isWanted(plan))) return { plan }
  // What the questions were about may have changed meanwhile.
  const folder = await readFolder(found.root, pathsOf(patch))
  const now = planPatch(patch, folder.stateOf)
  if (!isSame(plan, now)) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The files changed meanwhile. Apply the patch again.'))
    return { plan: now }
  }
  if (!(await writePlan(now, folder))) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The editor did not allow these changes. Nothing was applied.'))
    return undefined
  }
  const { applied, of } = now.hunks
  return { plan: now, result: { outcome: applied === of ? 'applied' : 'partly-applied', hunks: { applied, of } } }
}

/** What a patch comes to in a folder as it is now. */
export async function planIn(root: vscode.Uri, patch: Patch): Promise<PatchPlan> {
  const { stateOf } = await readFolder(root, pathsOf(patch))
  return planPatch(patch, stateOf)
}

async function refuseUntrusted(): Promise<undefined> {
  const manage = vscode.l10n.t('Manage Workspace Trust')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('A patch is applied only in a folder that you trust.'),
    manage,
  )
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage')
  return undefined
}

async function isWanted({ files, hunks }: PatchPlan): Promise<boolean> {
  const { applied, of } = hunks
  if (applied < of) {
    const apply = vscode.l10n.t('Apply What Fits')
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Only {0} of {1} changes fit. Apply those?', applied, of),
      { modal: true, detail: vscode.l10n.t('The card of the patch says why the others do not.') },
      apply,
    )
    if (answer !== apply) return false
  }
  return confirmDeceptive(addedBy(files), 'apply')
}

/** Names and lines that are new with what is applied. */
function addedBy(files: PatchPlan['files']): string {
  const applied = files.filter(({ parts }) => parts.some(({ kind }) => kind === 'applied'))
  const lines = applied.flatMap(({ file: { path, hunks } }) => [
    path,
    ...hunks.flatMap((hunk) => hunk.lines.flatMap(({ kind, text }) => (kind === 'added' ? [text] : []))),
  ])
  return lines.join('\n')
}

const isSame = (a: PatchPlan, b: PatchPlan): boolean =>
  a.hunks.applied === b.hunks.applied &&
  a.changes.size === b.changes.size &&
  [...a.changes].every(([path, text]) => b.changes.has(path) && b.changes.get(path) === text)
