import type { SecretFinding } from '../../shared/secrets.ts'
import type { SecretSpan } from './secretRules.ts'

/** The spans in order of place with their lines; of those that overlap one is left, which covers all of them. */
export function mergeFindings(text: string, spans: readonly SecretSpan[]): SecretFinding[] {
  const merged: { kind: string; from: number; to: number }[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1)
    if (last === undefined || span.from >= last.to) merged.push({ ...span })
    else last.to = Math.max(last.to, span.to)
  }
  let line = 1
  let lineEnd = text.indexOf('\n')
  /** The line of an offset; offsets must ascend. */
  const lineAt = (offset: number): number => {
    while (lineEnd >= 0 && lineEnd < offset) {
      line++
      lineEnd = text.indexOf('\n', lineEnd + 1)
    }
    return line
  }
  return merged.map(({ kind, from, to }) => ({ kind, from, to, firstLine: lineAt(from), lastLine: lineAt(to - 1) }))
}
