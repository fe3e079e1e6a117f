import * as vscode from 'vscode'
import type { Clones } from '../clone/clones.ts'
import { locateLines } from '../clone/locateLines.ts'
import type { LineRange } from '../clone/locateLines.ts'
import type { Discussion } from './discussion.ts'
import type { DiscussionBook } from './discussionBook.ts'

export interface DiscussedLines {
  readonly lines: LineRange
  /** Oldest first; at least one. */
  readonly discussions: readonly Discussion[]
}

/** The lines of a file that are discussed, found by what they hold, in the order of the file. */
export async function findDiscussedLines(
  clones: Clones,
  book: DiscussionBook,
  document: vscode.TextDocument,
): Promise<readonly DiscussedLines[]> {
  const repository = await clones.repositoryAt(document.uri)
  if (repository === undefined) return []
  const discussions = book.about(repository.identities, pathsOf(repository.root, document.uri))
  if (discussions.length === 0) return []
  const text = document.getText()
  const found = new Map<string, { lines: LineRange; discussions: Discussion[] }>()
  for (const discussion of discussions) {
    const located = locateLines(text, discussion.body)
    if (located.kind === 'lost') continue
    const { first, last } = located
    const known = found.get(`${String(first)}-${String(last)}`)
    if (known === undefined)
      found.set(`${String(first)}-${String(last)}`, { lines: { first, last }, discussions: [discussion] })
    else known.discussions.push(discussion)
  }
  return [...found.values()].sort((a, b) => a.lines.first - b.lines.first || a.lines.last - b.lines.last)
}

/** The path of a file in its repository, and in the open folder: a sender may have meant either. */
function pathsOf(root: vscode.Uri, uri: vscode.Uri): readonly string[] {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri
  return [root, ...(folder === undefined ? [] : [folder])]
    .map(({ path }) => (path.endsWith('/') ? path : `${path}/`))
    .filter((start) => uri.path.startsWith(start))
    .map((start) => uri.path.slice(start.length))
}
