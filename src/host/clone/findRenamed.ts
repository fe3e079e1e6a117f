import * as vscode from 'vscode'
import type { LocalRepository } from './clones.ts'
import { entryKindIn } from './entryKind.ts'
import { escapeGlob } from './escapeGlob.ts'
import { locateLines } from './locateLines.ts'
import { walkInside } from './walkInside.ts'

/** As many files of the same name, and then of the same kind, are read to know one by its content. */
const maxFiles = 200
/** A larger file is not read for that. */
const maxBytes = 500_000
/** A shorter text is in too many files to name one. */
const minTextChars = 24

/**
 * A file that is no longer at its path: what git says became of it since `commit`, then one that holds `text` letter by
 * letter, files of the same name first. Only plain files inside the repository.
 */
export async function findRenamed(
  repository: LocalRepository,
  {
    path,
    commit,
    text,
  }: { readonly path: string; readonly commit: string | undefined; readonly text: string | undefined },
): Promise<vscode.Uri | undefined> {
  const byGit = commit === undefined ? undefined : await renamedByGit(repository, path, commit)
  if (byGit !== undefined && (await isPlain(repository.root, byGit))) return byGit
  if (text === undefined || text.trim().length < minTextChars) return undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extension = /\.[A-Za-z0-9]+$/.exec(name)?.[0]
  for (const pattern of [`**/${escapeGlob(name)}`, ...(extension === undefined ? [] : [`**/*${extension}`])]) {
    const found = await vscode.workspace.findFiles(
      new vscode.RelativePattern(repository.root, pattern),
      undefined,
      maxFiles,
    )
    for (const uri of found) if (await holds(repository.root, uri, text)) return uri
  }
  return undefined
}

/** The commit is hex digits by the rules of bodies, so it can be no option; no shell is involved. */
async function renamedByGit(
  { root, git }: LocalRepository,
  path: string,
  commit: string,
): Promise<vscode.Uri | undefined> {
  if (git === undefined || !/^[0-9a-f]{7,64}$/i.test(commit)) return undefined
  try {
    const before = vscode.Uri.joinPath(root, path).toString()
    const changes = await git.diffBetween(commit, 'HEAD')
    return changes.find(({ originalUri }) => originalUri.toString() === before)?.renameUri
  } catch {
    // A commit that is not here says nothing.
    return undefined
  }
}

async function holds(root: vscode.Uri, uri: vscode.Uri, text: string): Promise<boolean> {
  if (!(await isPlain(root, uri))) return false
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxBytes) return false
    const bytes = await vscode.workspace.fs.readFile(uri)
    const { kind } = locateLines(Buffer.from(bytes).toString('utf8'), { text })
    return kind === 'same' || kind === 'moved'
  } catch {
    return false
  }
}

async function isPlain(root: vscode.Uri, uri: vscode.Uri): Promise<boolean> {
  const start = root.path.endsWith('/') ? root.path : `${root.path}/`
  if (!uri.path.startsWith(start)) return false
  return (await walkInside(uri.path.slice(start.length), entryKindIn(root))) === 'file'
}
