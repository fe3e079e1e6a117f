import { redactSecrets, type SecretFinding } from '../../shared/secrets.ts'
import { isSecretFileName, type SecretSpan } from './secretRules.ts'

/**
 * What a line of a patch is: `head` names files and modes, `hunk` opens a hunk, `content` is a line of a file behind a
 * mark, `binary` a line of a file that is no text, `other` is none of these (a message, the note about a missing line end).
 */
interface PatchLine {
  readonly kind: 'head' | 'hunk' | 'content' | 'binary' | 'other'
  readonly from: number
  /** Before its line end. */
  readonly to: number
}

const fileHead =
  /^(?:diff --git |index |--- |\+\+\+ |rename (?:from|to) |copy (?:from|to) |old mode |new mode |new file mode |deleted file mode |similarity index |dissimilarity index |Binary files )/
const hunkHead = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/

/** The lines of a patch, told apart by the counts of its hunks: what looks like a head within one is content. */
function readLines(patch: string): PatchLine[] {
  const lines: PatchLine[] = []
  let [before, after] = [0, 0]
  let isBinary = false
  for (let from = 0; from < patch.length;) {
    const end = patch.indexOf('\n', from)
    const to = end < 0 ? patch.length : end
    const line = patch.slice(from, to)
    if (before > 0 || after > 0) {
      if (!line.startsWith('+') && !line.startsWith('\\')) before--
      if (!line.startsWith('-') && !line.startsWith('\\')) after--
      lines.push({ kind: line.startsWith('\\') ? 'other' : 'content', from, to })
    } else {
      const counts = hunkHead.exec(line)
      if (counts !== null) [before, after] = [Number(counts[1] ?? 1), Number(counts[2] ?? 1)]
      const isHead = fileHead.test(line)
      isBinary = line === 'GIT binary patch' || (isBinary && !isHead && counts === null)
      const kind = counts !== null ? 'hunk' : isHead ? 'head' : isBinary ? 'binary' : 'other'
      lines.push({ kind, from, to })
    }
    from = to + 1
  }
  return lines
}

/** Where in a patch files stand that are no text, each from its first line to its last: as numbers that hide what they hold. */
export function findBinaries(patch: string): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = []
  let isWithin = false
  for (const { kind, from, to } of readLines(patch)) {
    const last = found.at(-1)
    if (kind === 'binary' && isWithin && last !== undefined) last.to = to
    else if (kind === 'binary') found.push({ from, to })
    isWithin = kind === 'binary'
  }
  return found
}

/** The files of a patch that hold secrets by custom, each time that one is named. */
export function findSecretFiles(patch: string): SecretSpan[] {
  const found: SecretSpan[] = []
  const seen = new Set<string>()
  for (const { kind, from, to } of readLines(patch)) {
    if (kind !== 'head') continue
    const line = patch.slice(from, to)
    const named = /^(?:--- "?a\/|\+\+\+ "?b\/|(?:rename|copy) (?:from|to) "?|diff --git .* "?b\/)(.*?)"?[\t\r]?$/.exec(
      line,
    )
    const path = named?.[1]
    if (path === undefined || seen.has(path) || !isSecretFileName(path)) continue
    seen.add(path)
    found.push({
      kind: 'secret-file',
      from: from + line.lastIndexOf(path),
      to: from + line.lastIndexOf(path) + path.length,
    })
  }
  return found
}

/**
 * A patch of `patchLength` units, with more text behind it, whose findings are unreadable; the patch stays valid. So what
 * names files, the numbers and marks of its hunks, and files that are no text stay as they are: `undefined` where something is
 * found there.
 */
export function redactPatch(text: string, patchLength: number, findings: readonly SecretFinding[]): string | undefined {
  const secrets = findings.filter(({ kind }) => kind !== 'secret-file')
  const lines = readLines(text.slice(0, patchLength))
  const overlaps = (from: number, to: number): SecretFinding[] =>
    secrets.flatMap((finding) => {
      const part = { ...finding, from: Math.max(finding.from, from), to: Math.min(finding.to, to) }
      return part.from < part.to ? [part] : []
    })
  const isFixed = ({ kind }: PatchLine): boolean => kind === 'head' || kind === 'binary'
  if (lines.some((line) => isFixed(line) && overlaps(line.from, line.to).length > 0)) return undefined
  const parts = lines.flatMap(({ kind, from, to }) => {
    switch (kind) {
      case 'head':
      case 'binary':
        return []
      case 'hunk':
        return overlaps(from + (hunkHead.exec(text.slice(from, to))?.[0].length ?? 0), to)
      case 'content':
        return overlaps(from + 1, to)
      case 'other':
        return text[from] === '\\' ? [] : overlaps(from, to)
    }
  })
  return redactSecrets(text, [...parts, ...overlaps(patchLength, text.length)])
}
