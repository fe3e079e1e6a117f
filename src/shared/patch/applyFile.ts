import { applyBinary } from './applyBinary.ts'
import type { BinaryMeans } from './binary.ts'
import { joinLines, splitLines, usualEnd, type FileLine, type LineEnd } from './fileLines.ts'
import { countParts, type FilePatch, type FileRefusal, type Hunk, type HunkLine } from './patch.ts'
import { placeHunk, plainText, type Effort, type NoPlace, type Place } from './placeHunk.ts'

/** The longest file that is changed, in UTF-16 units. */
export const maxFileLength = 4 * 1024 * 1024
/** How many comparisons of lines a file costs at most: a tenth of a second. */
const maxEffort = 5_000_000

/**
 * What became of a hunk, or of a file without hunks. `line` is where the hunk went, 1-based, and `moved` by how many lines that
 * is elsewhere than the patch says.
 */
export type PartResult =
  | { readonly kind: 'applied'; readonly line?: number; readonly moved?: number }
  | { readonly kind: 'refused'; readonly reason: PartRefusal }

/**
 * Beside what is refused always:
 * - `missing`: there is no such file; `exists`: there is one where a new one should be
 * - `already`: the file is as the hunk would make it
 * - `no-context`: the hunk says nothing about where it belongs
 * - `too-large`: the file is over `maxFileLength`
 * - `not-text`: the file cannot be read as text
 * - `unsaved`: the file is to be replaced as a whole, and has changes that are not saved
 */
export type PartRefusal =
  FileRefusal | NoPlace | 'missing' | 'exists' | 'already' | 'no-context' | 'too-large' | 'not-text' | 'unsaved'

/** What a file holds: as text, or as bytes where it is none. */
export type FileContent = string | Uint8Array

export interface FileResult {
  /** The file afterwards; `undefined` when there is none. */
  readonly content: FileContent | undefined
  /** One for each part of the patch, in order. */
  readonly parts: readonly PartResult[]
}

/**
 * Changes what a file holds as a patch says (`undefined`: there is no such file): of a renamed or copied one, what it held
 * before. Each hunk is placed by itself and applied or refused; a file is made or removed whole or not at all, and so is
 * one that is no text changed. Line ends and the end of the file stay as the file has them, unless the patch changes those.
 */
export function applyFile(file: FilePatch, present: FileContent | undefined, means: BinaryMeans): FileResult {
  const all = (part: PartResult): PartResult[] => Array.from({ length: countParts(file) }, () => part)
  const refuse = (reason: PartRefusal): FileResult => ({ content: present, parts: all({ kind: 'refused', reason }) })
  const become = (content: FileContent | undefined): FileResult => ({ content, parts: all({ kind: 'applied' }) })
  if (file.refusal !== undefined) return refuse(file.refusal)
  if (file.binary !== undefined) {
    if (typeof present === 'string') return refuse('no-match')
    const result = applyBinary(file.binary, present, means)
    return typeof result === 'string' ? refuse(result) : become(result.content)
  }
  if (file.change === 'added') {
    const added = joinLines(addedLines(file.hunks[0]?.lines ?? []))
    if (present === undefined) return become(added)
    return refuse(typeof present === 'string' && hasSameLines(present, added) ? 'already' : 'exists')
  }
  if (present === undefined) return refuse('missing')
  if (present.length > maxFileLength) return refuse('too-large')
  if (file.hunks.length === 0 && file.change !== 'deleted') return become(present)
  if (typeof present !== 'string') return refuse('not-text')
  if (file.change !== 'deleted') return applyHunks(file.hunks, present)
  const removed = joinLines(addedLines(file.hunks[0]?.lines ?? []))
  return hasSameLines(present, removed) ? become(undefined) : refuse('no-match')
}

/** Whether two texts differ in nothing but how their lines end. */
function hasSameLines(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/^\ufeff/u, '').replace(/\r\n/gu, '\n')
  return plain(a) === plain(b)
}

function applyHunks(hunks: readonly Hunk[], text: string): FileResult {
  const file = splitLines(text)
  const usual = usualEnd(file)
  const effort: Effort = { left: maxEffort }
  const result: FileLine[][] = []
  const parts: PartResult[] = []
  let done = 0
  let shift = 0
  for (const hunk of hunks) {
    const lines = text.startsWith('\ufeff') ? hunk.lines : withoutMark(hunk.lines)
    const place = locate(file, hunk, lines, { from: done, shift, effort })
    if (typeof place === 'string') {
      parts.push({ kind: 'refused', reason: place })
      continue
    }
    const { at, skipped } = place
    const used = lines.slice(skipped[0], lines.length - skipped[1])
    const end = at + used.filter(({ kind }) => kind !== 'added').length
    result.push(file.slice(done, at), changedLines(file.slice(at, end), used, place, usual, end === file.length))
    done = end
    const line = at - skipped[0] + 1
    shift = line - firstLine(hunk)
    parts.push({ kind: 'applied', line: Math.max(1, line), ...(shift === 0 ? {} : { moved: shift }) })
  }
  result.push(file.slice(done))
  return { content: joinLines(withEnds(result.flat(), usual)), parts }
}

/** Where a hunk says that it begins, 1-based. */
function firstLine({ oldStart, lines }: Hunk): number {
  return lines.every(({ kind }) => kind === 'added') ? oldStart + 1 : oldStart
}

function locate(
  file: readonly FileLine[],
  hunk: Hunk,
  lines: readonly HunkLine[],
  { from, shift, effort }: { readonly from: number; readonly shift: number; readonly effort: Effort },
): Place | Exclude<PartRefusal, FileRefusal> {
  if (lines.every(({ kind }) => kind === 'added'))
    return file.length === 0 ? { at: 0, isExact: true, skipped: [0, 0] } : 'no-context'
  const search = { from, expected: firstLine(hunk) - 1 + shift, effort }
  const place = placeHunk(file, lines, search)
  if (place !== 'no-match' || lines.every(({ kind }) => kind === 'removed')) return place
  const undone = placeHunk(file, lines.map(inverse), search)
  return typeof undone === 'object' && undone.skipped[0] + undone.skipped[1] === 0 ? 'already' : place
}

const inverse = (line: HunkLine): HunkLine =>
  line.kind === 'context' ? line : { ...line, kind: line.kind === 'added' ? 'removed' : 'added' }

/** Without the mark of byte order in front of a file, which editors keep apart from its text. */
function withoutMark(lines: readonly HunkLine[]): readonly HunkLine[] {
  const [old, now] = (['added', 'removed'] as const).map((other) => lines.findIndex(({ kind }) => kind !== other))
  const hasMark = (at = -1): boolean => lines[at]?.text.startsWith('\ufeff') === true
  if (!hasMark(old) || !hasMark(now)) return lines
  return lines.map((line, at) => (at === old || at === now ? { ...line, text: line.text.slice(1) } : line))
}

/** The lines that stand where `present` stood. */
function changedLines(
  present: readonly FileLine[],
  used: readonly HunkLine[],
  { isExact, skipped }: Place,
  usual: LineEnd,
  isAtEnd: boolean,
): FileLine[] {
  let next = 0
  const lines: FileLine[] = []
  for (const line of used) {
    if (line.kind === 'added') lines.push(isExact ? exactLine(line) : { text: plainText(line), end: usual })
    else {
      const kept = present[next++]
      if (line.kind === 'context' && kept !== undefined) lines.push(kept)
    }
  }
  const last = lines.at(-1)
  if (isExact || !isAtEnd || last === undefined) return lines
  // The end of a file stays as it is, unless ending it otherwise is what the patch is about.
  const isUnended = (other: 'added' | 'removed'): boolean =>
    used.filter(({ kind }) => kind !== other).at(-1)?.isUnended === true
  const ends =
    skipped[1] > 0 || isUnended('added') === isUnended('removed') ? present.at(-1)?.end !== '' : !isUnended('removed')
  return [...lines.slice(0, -1), { text: last.text, end: ends ? last.end || usual : '' }]
}

const addedLines = (lines: readonly HunkLine[]): FileLine[] => lines.map(exactLine)

function exactLine({ text, isUnended }: HunkLine): FileLine {
  if (isUnended === true) return { text, end: '' }
  return text.endsWith('\r') ? { text: text.slice(0, -1), end: '\r\n' } : { text, end: '\n' }
}

/** What came to stand behind the last line of a file is in a line of its own. */
function withEnds(lines: readonly FileLine[], usual: LineEnd): FileLine[] {
  return lines.map((line, at) => (line.end === '' && at < lines.length - 1 ? { ...line, end: usual } : line))
}
