import * as vscode from 'vscode'
import type { FileContent } from '../../shared/patch/applyFile.ts'
import type { BinaryChange } from '../../shared/patch/binary.ts'
import { parsePatch } from '../../shared/patch/parsePatch.ts'
import type { FilePatch, HunkLine } from '../../shared/patch/patch.ts'
import { planPatch, type FileState, type PatchPlan } from '../../shared/patch/planPatch.ts'
import { shownName } from '../../shared/shownName.ts'
import type { PatchBody } from '../../shared/service.ts'
import type { Clones } from '../clone/clones.ts'
import { documentPath, fileTitle } from '../text/fileTitle.ts'
import { safeName } from '../text/safeName.ts'
import { readFolder, type FolderState } from './folderState.ts'
import { nodeBinaryMeans } from './nodeBinaryMeans.ts'
import type { PatchDocuments } from './patchDocuments.ts'

/** How many digits git's names have that it knows contents by, and how many of them are shown. */
const shaLength = 40
const shownDigits = 8
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
  const folder = root && (await readFolder(root, patch))
  const plan = folder && planPatch(patch, folder.stateOf, nodeBinaryMeans)
  const chosen = patch.files.map((file, at) => ({ file, parts: plan?.files[at]?.parts }))
  const files = index === undefined ? chosen.slice(0, maxShown) : chosen.slice(index, index + 1)
  const shown = files.map(({ file, parts }) => {
    const fits = parts?.some(({ kind }) => kind === 'applied') === true
    const isHere = folder !== undefined && plan !== undefined && fits
    return { change: file.change, ...(isHere ? ofFolder(documents, file, folder, plan) : ofPatch(documents, file)) }
  })
  const [first] = shown
  if (first === undefined) return plan
  if (shown.length === 1)
    await vscode.commands.executeCommand('vscode.diff', first.before, first.after, first.title, { preview: true })
  else
    await vscode.commands.executeCommand(
      'vscode.changes',
      body.title === undefined ? vscode.l10n.t('Patch') : safeName(shownName(body.title)),
      shown.map(({ change, before, after }) => [
        after,
        change === 'added' ? undefined : before,
        change === 'deleted' ? undefined : after,
      ]),
    )
  return plan
}

interface Sides {
  readonly title: string
  readonly before: vscode.Uri
  readonly after: vscode.Uri
}

function ofFolder(documents: PatchDocuments, file: FilePatch, folder: FolderState, plan: PatchPlan): Sides {
  const { path, from = path } = file
  const present = contentOf(folder.stateOf(from)) ?? contentOf(folder.stateOf(path))
  const becoming = plan.changes.has(path) ? plan.changes.get(path) : present
  return {
    title: vscode.l10n.t('{0} (as it is ↔ with the patch)', nameOf(file)),
    ...sides(documents, file, textOf(present), textOf(becoming)),
  }
}

function ofPatch(documents: PatchDocuments, file: FilePatch): Sides {
  return {
    title: vscode.l10n.t('{0} (lines of the patch)', nameOf(file)),
    ...sides(
      documents,
      file,
      sideOf(file, 'added'),
      file.binary === undefined ? sideOf(file, 'removed') : bytesOf(file.binary),
    ),
  }
}

function sides(
  documents: PatchDocuments,
  { path, from = path }: FilePatch,
  before: string,
  after: string,
): Pick<Sides, 'before' | 'after'> {
  const add = (text: string, name: string): vscode.Uri => documents.add(text, documentPath(name) ?? '/patch')
  return { before: add(before, from), after: add(after, path) }
}

const contentOf = (state: FileState): FileContent | undefined =>
  typeof state === 'object' && 'refused' in state ? undefined : state

/** What is shown of it: of bytes, how many there are, and the name that git has for them. */
const textOf = (content: FileContent | undefined): string =>
  typeof content === 'object'
    ? bytesWords(content.length, nodeBinaryMeans.blobName(content, shaLength))
    : (content ?? '')

/** The same as far as the patch says it. */
function bytesOf({ after, content: { kind, size } }: BinaryChange): string {
  return after === undefined || kind === 'delta' ? '' : bytesWords(size, after)
}

const bytesWords = (count: number, name: string): string =>
  vscode.l10n.t('Binary: {0} bytes, {1}', count, name.slice(0, shownDigits))

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
