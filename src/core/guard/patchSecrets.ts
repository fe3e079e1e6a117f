import { redactSecrets, type SecretFinding } from '../../shared/secrets.ts'
import { isSecretFileName, type SecretSpan } from './secretRules.ts'

/**
 * What a line of a patch is: `head` names files and modes, `hunk` opens a hunk, `content` is a line of a file behind a
 * mark, `other` is neither (a message, the note about a missing line end).
 */
interface PatchLine {
  readonly kind: 'head' | 'hunk' | 'content' | 'other'
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
      const kind = counts !== null ? 'hunk' : fileHead.test(line) ? 'head' : 'other'
      lines.push({ kind, from, to })
    }
    from = to + 1
  }
  return lines
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
 * names files, and the numbers and marks of its hunks, stay as they are: `undefined` where something is found there.
 */
export function redactPatch(text: string, patchLength: number, findings: readonly SecretFinding[]): string | undefined {
  const secrets = findings.filter(({ kind }) => kind !== 'secret-file')
  const lines = readLines(text.slice(0, patchLength))
  const overlaps = (from: number, to: number): SecretFinding[] =>
    secrets.flatMap((finding) => {
      const part = { ...finding, from: Math.max(finding.from, from), to: Math.min(finding.to, to) }
      return part.from < part.to ? [part] : []
    })
  if (lines.some(({ kind, from, to }) => kind === 'head' && overlaps(from, to).length > 0)) return undefined
  const parts = lines.flatMap(({ kind, from, to }) => {
    switch (kind) {
      case 'head':
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
