import * as vscode from 'vscode'
import type { CodePlace } from '../../shared/codePlace.ts'
import { shownName } from '../../shared/shownName.ts'
import { parsePermalink } from '../../shared/permalink.ts'
import type { Clones } from '../clone/clones.ts'
import { entryKindIn } from '../clone/entryKind.ts'
import { escapeGlob } from '../clone/escapeGlob.ts'
import { walkInside } from '../clone/walkInside.ts'
import type { LineMarks } from '../snippet/lineMarks.ts'
import { safeName } from '../text/safeName.ts'
import { openLink } from '../view/openLink.ts'

/** As many files that end in the same path are offered. */
const maxFound = 20

/** Opens the file that a message names, among the open folders, and marks its lines. */
export async function openPlace(marks: LineMarks, place: CodePlace): Promise<void> {
  const found = await filesAt(place.path)
  const uri = found.length > 1 ? await pickFile(found) : found[0]
  if (uri !== undefined) return show(marks, uri, place)
  if (found.length > 1) return
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No open folder has a file {0}.', safeName(shownName(place.path))),
  )
}

/** Offers to open what a link to a forge shows in one's own clone of it; any other link as every link. */
export async function openLinkOrPlace(clones: Clones, marks: LineMarks, url: string): Promise<void> {
  const link = parsePermalink(url)
  if (link === undefined) return openLink(url)
  const uri = await inClone(clones, link.remote, link.paths)
  if (uri === undefined) return openLink(url)
  const open = vscode.l10n.t('Open in My Clone')
  const browse = vscode.l10n.t('Open in Browser…')
  const path = vscode.workspace.asRelativePath(uri)
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is in your clone.', path),
    { modal: true, detail: url },
    open,
    browse,
  )
  if (answer === browse) return openLink(url)
  if (answer !== open) return
  const { first, last } = link.lines ?? {}
  await show(marks, uri, first === undefined ? undefined : { line: first, ...(last === undefined ? {} : { last }) })
}

async function inClone(clones: Clones, remote: string, paths: readonly string[]): Promise<vscode.Uri | undefined> {
  for (const path of paths) {
    const search = await clones.find({ remote, path })
    if (search.kind === 'found' || search.kind === 'renamed') return search.uri
  }
  return undefined
}

/** Plain files at a path in an open folder or, where there is none, at one that ends in it. */
async function filesAt(path: string): Promise<readonly vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? []
  const direct = await plainFiles(folders.map(({ uri }) => ({ root: uri, path })))
  if (direct.length > 0) return direct
  const found = await vscode.workspace.findFiles(`**/${path.split('/').map(escapeGlob).join('/')}`, undefined, maxFound)
  return plainFiles(
    found.flatMap((uri) => {
      const root = vscode.workspace.getWorkspaceFolder(uri)?.uri
      return root === undefined ? [] : [{ root, path: uri.path.slice(root.path.replace(/\/$/, '').length + 1) }]
    }),
  )
}

async function plainFiles(
  places: readonly { readonly root: vscode.Uri; readonly path: string }[],
): Promise<readonly vscode.Uri[]> {
  const walked = await Promise.all(places.map(({ root, path }) => walkInside(path, entryKindIn(root))))
  return places.filter((_, index) => walked[index] === 'file').map(({ root, path }) => vscode.Uri.joinPath(root, path))
}

async function pickFile(found: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const rows = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, true), uri }))
  return (await vscode.window.showQuickPick(rows, { placeHolder: vscode.l10n.t('Which of these files?') }))?.uri
}

async function show(
  marks: LineMarks,
  uri: vscode.Uri,
  place: Pick<CodePlace, 'line' | 'column' | 'last'> | undefined,
): Promise<void> {
  try {
    const document = await vscode.workspace.openTextDocument(uri)
    const { line, column, last = line } = place ?? {}
    const lines =
      line === undefined || last === undefined
        ? undefined
        : { first: line, last, ...(column === undefined ? {} : { column }) }
    await marks.show(document, lines)
  } catch {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} cannot be shown as text.', vscode.workspace.asRelativePath(uri)),
    )
  }
}
