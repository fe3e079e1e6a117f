import { createHash } from 'node:crypto'
import { isLanguage, isWorkspacePath } from '../../core/body/snippetFields.ts'
import { maxContextBytes } from '../../shared/code.ts'
import type { CodeOrigin, SnippetBody } from '../../shared/code.ts'
import { maxTextBytes } from '../../shared/service.ts'

/** What is known of a piece of text, as the editor tells it. Lines and characters are 0-based, as in the editor. */
export interface SnippetSource {
  readonly language: string
  readonly text: string
  /** Relative to its workspace folder; absent for a file outside of every folder, and for what is in no file. */
  readonly relativePath?: string
  readonly range?: {
    readonly start: { readonly line: number }
    readonly end: { readonly line: number; readonly character: number }
  }
  readonly git?: CodeOrigin
}

/** The lines of the file that a snippet is from, before and behind it, nearest last and nearest first. */
export interface Surroundings {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

export type SnippetResult =
  | { readonly kind: 'ok'; readonly body: SnippetBody }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly bytes: number }

/** The most lines on each side that go along. */
const maxSurroundingLines = 10

/** Builds the snippet that is sent for a text. Never an absolute path. */
export function snippetBody(source: SnippetSource): SnippetResult {
  if (source.text.trim() === '') return { kind: 'empty' }
  const text = sendable(source.text)
  const bytes = Buffer.byteLength(text, 'utf8')
  if (bytes > maxTextBytes) return { kind: 'too-long', bytes }
  const path = cleanPath(source.relativePath)
  const { range, git } = source
  return {
    kind: 'ok',
    body: {
      kind: 'snippet',
      language: isLanguage(source.language) ? source.language : 'plaintext',
      text,
      hash: createHash('sha256').update(text, 'utf8').digest('hex'),
      ...(path === undefined ? {} : { path }),
      ...(range === undefined ? {} : { lines: { first: range.start.line + 1, last: lastLine(range) + 1 } }),
      ...(git === undefined ? {} : { git }),
    },
  }
}

/** The snippet with what stands around it: whole lines, as many as fit. As it is where there are none. */
export function withSurroundings(body: SnippetBody, { before, after }: Surroundings): SnippetBody {
  const context = {
    before: fitting(before.slice(-maxSurroundingLines).reverse()).reverse().join('\n'),
    after: fitting(after.slice(0, maxSurroundingLines)).join('\n'),
  }
  return context.before + context.after === '' ? body : { ...body, context }
}

/** The first of the lines, while they are not too long together. */
function fitting(lines: readonly string[]): string[] {
  const kept: string[] = []
  let bytes = 0
  for (const line of lines.map(sendable)) {
    bytes += Buffer.byteLength(line, 'utf8') + 1
    if (bytes > maxContextBytes) break
    kept.push(line)
  }
  return kept
}

/** With the line ends of a message. Half a character, as an editor may hold one, cannot be sent. */
const sendable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\ufffd')

/** A selection that ends before the first character of a line does not include that line. */
function lastLine({ start, end }: NonNullable<SnippetSource['range']>): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line
}

/** With forward slashes; `undefined` for an absolute path or one that leaves its folder. */
function cleanPath(path: string | undefined): string | undefined {
  const clean = path?.replace(/\\/g, '/')
  return isWorkspacePath(clean) ? clean : undefined
}
