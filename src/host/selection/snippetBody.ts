import { isGitCommit, isLanguage, isWorkspacePath } from '../../core/body/snippetFields.ts'
import { maxTextBytes } from '../../shared/service.ts'
import type { SnippetBody } from '../../shared/service.ts'
import { cleanRemote } from './cleanRemote.ts'

/** What is known about a selection, as the editor tells it. Lines and characters are 0-based, as in the editor. */
export interface SelectionSource {
  readonly language: string
  readonly text: string
  /** Relative to its workspace folder; absent for a file outside of every folder. */
  readonly relativePath?: string
  readonly start: { readonly line: number }
  readonly end: { readonly line: number; readonly character: number }
  readonly git?: { readonly remote?: string; readonly commit?: string }
}

export type SnippetResult =
  | { readonly kind: 'ok'; readonly body: SnippetBody }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly bytes: number }

/** Builds the snippet that is sent for a selection. Never an absolute path, never credentials. */
export function snippetBody(source: SelectionSource): SnippetResult {
  if (source.text.trim() === '') return { kind: 'empty' }
  // Half a character, as an editor may hold one, cannot be sent.
  const text = source.text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd')
  const bytes = Buffer.byteLength(text, 'utf8')
  if (bytes > maxTextBytes) return { kind: 'too-long', bytes }
  const path = cleanPath(source.relativePath)
  const git = cleanGit(source.git)
  return {
    kind: 'ok',
    body: {
      kind: 'snippet',
      language: isLanguage(source.language) ? source.language : 'plaintext',
      text,
      lines: { first: source.start.line + 1, last: lastLine(source) + 1 },
      ...(path === undefined ? {} : { path }),
      ...(git === undefined ? {} : { git }),
    },
  }
}

/** A selection that ends before the first character of a line does not include that line. */
function lastLine({ start, end }: SelectionSource): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line
}

/** With forward slashes; `undefined` for an absolute path or one that leaves its folder. */
function cleanPath(path: string | undefined): string | undefined {
  const clean = path?.replace(/\\/g, '/')
  return isWorkspacePath(clean) ? clean : undefined
}

function cleanGit(git: SelectionSource['git']): SnippetBody['git'] | undefined {
  const remote = git?.remote === undefined ? undefined : cleanRemote(git.remote)
  const commit = isGitCommit(git?.commit) ? git.commit : undefined
  if (remote === undefined && commit === undefined) return undefined
  return { ...(remote === undefined ? {} : { remote }), ...(commit === undefined ? {} : { commit }) }
}
