import * as vscode from 'vscode'
import { parsePatch } from '../../shared/patch/parsePatch.ts'
import type { FilePatch, HunkLine } from '../../shared/patch/patch.ts'
import { pathsOf, planPatch, type PatchPlan } from '../../shared/patch/planPatch.ts'
import type { PatchBody } from '../../shared/service.ts'
import type { Clones } from '../clone/clones.ts'
import { fileTitle } from '../text/fileTitle.ts'
import { safeName } from '../text/safeName.ts'
import { readFolder, type FolderState } from './folderState.ts'
import type { PatchDocuments } from './patchDocuments.ts'

/** The most files that are shown at once. */
const maxShown = 50

/**
 * Shows what a patch changes in the editor's own view of differences: one file, or all of them. Where the repository is open here,
 * the files of now beside what they would become; else the lines that the patch itself holds. Answers what it would come to.
 */
export async function viewPatch(
  { clones, documents }: { readonly clones: Clones; readonly documents: PatchDocuments },
  body: PatchBody,
  index: number | undefined,
): Promise<PatchPlan | undefined> {
  const patch = parsePatch(body.text)
  const root = body.git?.remote === undefined ? undefined : (await clones.repositoriesOf(body.git.remote))[0]?.root
  const folder = root && (await readFolder(root, pathsOf(patch)))
  const plan = folder && planPatch(patch, folder.stateOf)
  const chosen = patch.files.map((file, at) => ({ file, parts: plan?.files[at]?.parts }))
  const files = index === undefined ? chosen.slice(0, maxShown) : chosen.slice(index, index + 1)
  const sides = files.map(({ file, parts }) => {
    const fits = parts?.some(({ kind }) => kind === 'applied') === true
    return folder !== undefined && plan !== undefined && fits
      ? ofFolder(documents, file, folder, plan)
      : ofPatch(documents, file)
  })
  const [first] = sides
  if (first === undefined) return plan
  if (sides.length === 1)
    await vscode.commands.executeCommand('vscode.diff', first.before, first.after, first.title, { preview: true })
  else
    await vscode.commands.executeCommand(
      'vscode.changes',
      body.title === undefined ? vscode.l10n.t('Patch') : safeName(body.title),
      sides.map(({ label, before, after }) => [label, before, after]),
    )
  return plan
}

interface Sides {
  readonly title: string
  readonly label: vscode.Uri
  readonly before: vscode.Uri
  readonly after: vscode.Uri
}

function ofFolder(documents: PatchDocuments, file: FilePatch, folder: FolderState, plan: PatchPlan): Sides {
  const { path, from = path } = file
  const current = folder.documentOf(from) ?? folder.documentOf(path)
  const text = plan.changes.has(path) ? plan.changes.get(path) : current?.getText()
  const name = nameOf(file)
  return {
    title: vscode.l10n.t('{0} (as it is ↔ with the patch)', name),
    label: vscode.Uri.joinPath(folder.root, path),
    before: current?.uri ?? documents.add('', name),
    after: documents.add(text ?? '', name),
  }
}

function ofPatch(documents: PatchDocuments, file: FilePatch): Sides {
  const name = nameOf(file)
  const after = documents.add(sideOf(file, 'removed'), name)
  return {
    title: vscode.l10n.t('{0} (lines of the patch)', name),
    label: after,
    before: documents.add(sideOf(file, 'added'), name),
    after,
  }
}

const nameOf = ({ path }: FilePatch): string => fileTitle(path) ?? vscode.l10n.t('Patch')

/** One side of the hunks, each under the number of its first line. */
function sideOf({ hunks }: FilePatch, other: HunkLine['kind']): string {
  return hunks
    .map(({ oldStart, lines, heading }, at) => {
      const shown = lines.filter(({ kind }) => kind !== other).map(({ text }) => text)
      const head = at === 0 && oldStart <= 1 ? [] : [`⋯ ${String(oldStart)} ${heading}`.trimEnd()]
      return [...head, ...shown].join('\n')
    })
    .join('\n\n')
}
