import { maxBinaryBytes, type BinaryChange } from './binary.ts'
import { readFileHeader, type FileHeader } from './fileHeader.ts'
import { parseBinary, type ReadBinary } from './parseBinary.ts'
import { parseHunk } from './parseHunk.ts'
import type { FilePatch, FileRefusal, Hunk, Patch } from './patch.ts'
import { readName } from './pathNames.ts'
import { pathRefusal } from './pathRefusal.ts'

/** The most UTF-16 units that are read of a text: many times what a message holds. */
const maxPatchLength = 1024 * 1024
/** Git's names for an empty file: by SHA-1, and by SHA-256. */
const emptyBlobs = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]
const submodule = /^Submodule (.+) [0-9a-f]{7,64}(?:\.{2,3}[0-9a-f]{7,64}| \(.*\))/u

/**
 * What a text says as `git diff` and `git format-patch` write it; what stands around the changes (a commit's message, a
 * signature) is left out. Never throws: a text that is no patch has no files, and a file that cannot be applied says why.
 */
export function parsePatch(text: string): Patch {
  const lines = linesOf(text)
  const files: FilePatch[] = []
  for (let at = 0; at < lines.length;) {
    const { file, next } = readFile(lines, at)
    if (file !== undefined) files.push(file)
    at = next
  }
  return { files }
}

function linesOf(text: string): string[] {
  const lines = text.slice(0, maxPatchLength).split('\n')
  if (lines.at(-1) === '') lines.pop()
  // Where even the first line of a file ends in a carriage return, all line breaks were changed on the way.
  const first = lines.find((line) => /^(?:diff --git |--- )/u.test(line))
  return first?.endsWith('\r') === true ? lines.map((line) => line.replace(/\r$/u, '')) : lines
}

function readFile(lines: readonly string[], at: number): { readonly file?: FilePatch; readonly next: number } {
  const line = lines[at] ?? ''
  const isPlain = line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true && isHunk(lines[at + 2])
  if (line.startsWith('diff --git ') || isPlain) return readChanges(lines, at)
  const [, combined] = /^diff --(?:cc|combined) (.*)$/su.exec(line) ?? []
  if (combined !== undefined)
    return { file: withoutHunks(readName(combined)?.name ?? combined, 'combined'), next: at + 1 }
  const [, path] = submodule.exec(line) ?? []
  return path === undefined ? { next: at + 1 } : { file: withoutHunks(path, 'submodule'), next: at + 1 }
}

const isHunk = (line: string | undefined): boolean => line?.startsWith('@@ -') === true

const withoutHunks = (path: string, refusal: FileRefusal): FilePatch => ({
  change: 'modified',
  path,
  added: 0,
  removed: 0,
  hunks: [],
  refusal: pathRefusal(path) ?? refusal,
})

function readChanges(lines: readonly string[], at: number): { readonly file: FilePatch; readonly next: number } {
  const { header, next: start } = readFileHeader(lines, at)
  const hunks: Hunk[] = []
  const read = header.binary === 'content' ? parseBinary(lines, start) : undefined
  const binary = read && binaryChange(header, read)
  let isWhole = header.binary !== 'content' || binary !== undefined
  let next = Math.max(read?.next ?? start, at + 1)
  for (let found = parseHunk(lines, next); found !== undefined; found = parseHunk(lines, next)) {
    hunks.push(found.hunk)
    isWhole &&= found.isWhole
    next = found.next
  }
  // What breaks off inside of a hunk's head is no whole file either.
  isWhole &&= !isHunk(lines[next])
  const named = nameFile(header)
  const { change, path, from } = named ?? { change: 'modified', path: unnamed(lines[at] ?? ''), from: undefined }
  const fits = named !== undefined && isWhole && !header.isDamaged && isComplete(change, hunks, header)
  const refusal =
    pathRefusal(path) ??
    (from === undefined ? undefined : pathRefusal(from)) ??
    refusalOf(header, read) ??
    (fits ? undefined : 'damaged')
  const count = (kind: string): number =>
    hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.kind === kind).length, 0)
  return {
    file: {
      change,
      path,
      ...(from === undefined ? {} : { from }),
      added: count('added'),
      removed: count('removed'),
      hunks,
      ...(binary === undefined ? {} : { binary }),
      ...(refusal === undefined ? {} : { refusal }),
    },
    next,
  }
}

/** What the file is called and what happens to it, or `undefined` where the header contradicts itself. */
function nameFile({
  names,
  sides,
  moved,
  isNew,
  isDeleted,
}: FileHeader): Pick<FilePatch, 'change' | 'path' | 'from'> | undefined {
  const old = sides?.old ?? names?.old
  const now = sides?.new ?? names?.new
  if (moved !== undefined) {
    const agrees = sides === undefined || (sides.old === moved.from && sides.new === moved.to)
    return agrees && !isNew && !isDeleted ? { change: moved.kind, path: moved.to, from: moved.from } : undefined
  }
  if (isNew && isDeleted) return undefined
  if (isNew) return now === undefined ? undefined : { change: 'added', path: now }
  if (isDeleted) return old === undefined ? undefined : { change: 'deleted', path: old }
  return old === now && now !== undefined ? { change: 'modified', path: now } : undefined
}

/** Shown where a name cannot be made out. */
const unnamed = (line: string): string => line.replace(/^(?:diff --git|---) /u, '')

/** What it comes to of which content, or `undefined` where the header does not say that, or contradicts itself. */
function binaryChange({ blobs, isNew, isDeleted }: FileHeader, { content }: ReadBinary): BinaryChange | undefined {
  if (blobs === undefined || ![40, 64].includes(blobs.after.length)) return undefined
  if (blobs.before.length !== blobs.after.length) return undefined
  const [before, after] = [blobs.before, blobs.after].map((name) => (/^0+$/u.test(name) ? undefined : name))
  return (before === undefined) === isNew && (after === undefined) === isDeleted
    ? { before, after, content }
    : undefined
}

function refusalOf({ modes, changesMode, binary }: FileHeader, read: ReadBinary | undefined): FileRefusal | undefined {
  if (modes.includes('120000')) return 'symbolic-link'
  if (modes.includes('160000')) return 'submodule'
  if (changesMode) return 'mode'
  if (read !== undefined && read.content.size > maxBinaryBytes) return 'binary-large'
  return binary === 'named' ? 'binary' : undefined
}

/** Whether the hunks are those that such a change has. */
function isComplete(
  change: FilePatch['change'],
  hunks: readonly Hunk[],
  { sides, binary, blobs }: FileHeader,
): boolean {
  if ((sides === undefined) !== (hunks.length === 0)) return false
  if (binary !== undefined) return hunks.length === 0
  const only = change === 'added' ? 'added' : change === 'deleted' ? 'removed' : undefined
  if (only === undefined) return hunks.length > 0 || change !== 'modified'
  // Without lines it is an empty file: where git names another content, its lines are missing.
  if (hunks.length === 0)
    return emptyBlobs.some((name) => name.startsWith(blobs?.[only === 'added' ? 'after' : 'before'] ?? ''))
  return hunks.length === 1 && hunks.every(({ lines }) => lines.every(({ kind }) => kind === only))
}
