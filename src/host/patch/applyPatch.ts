import * as vscode from 'vscode'
import type { PatchResultBody } from '../../shared/code.ts'
import type { FileContent } from '../../shared/patch/applyFile.ts'
import { parsePatch } from '../../shared/patch/parsePatch.ts'
import { planPatch, type PatchPlan } from '../../shared/patch/planPatch.ts'
import type { PatchBody } from '../../shared/service.ts'
import type { Clones } from '../clone/clones.ts'
import { confirmDeceptive } from '../guard/confirmDeceptive.ts'
import { addedLines } from './addedLines.ts'
import { findFolder } from './findFolder.ts'
import { readFolder } from './folderState.ts'
import { nodeBinaryMeans } from './nodeBinaryMeans.ts'
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
  const { stateOf } = await readFolder(found.root, patch)
  const plan = planPatch(patch, stateOf, nodeBinaryMeans)
  if (plan.hunks.applied === 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing of this patch can be applied here. Its card says why.'),
    )
    return { plan }
  }
  if (!(await isWanted(plan))) return { plan }
  // What the questions were about may have changed meanwhile.
  const folder = await readFolder(found.root, patch)
  const now = planPatch(patch, folder.stateOf, nodeBinaryMeans)
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
  const lines = addedLines(files, vscode.l10n)
  const text = lines.map((line) => line.text).join('\n')
  return confirmDeceptive(text, 'apply', (line) => lines[line - 1]?.place ?? '')
}

const isSame = (a: PatchPlan, b: PatchPlan): boolean =>
  a.hunks.applied === b.hunks.applied &&
  a.changes.size === b.changes.size &&
  [...a.changes].every(([path, content]) => b.changes.has(path) && isSameContent(content, b.changes.get(path)))

function isSameContent(a: FileContent | undefined, b: FileContent | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
