import type { Hunk, HunkLine } from './patch.ts'

const header = /^@@ -(\d{1,8})(?:,(\d{1,8}))? \+(\d{1,8})(?:,(\d{1,8}))? @@(?: (.*))?$/su

export interface ReadHunk {
  readonly hunk: Hunk
  /** The index of the line behind it. */
  readonly next: number
  /** It has the lines that it says it has. */
  readonly isWhole: boolean
}

/** The hunk that begins at `lines[at]`, or `undefined` where none does. One that breaks off has the lines before that. */
export function parseHunk(lines: readonly string[], at: number): ReadHunk | undefined {
  const [, oldStart = '', oldCount = '1', newStart = '', newCount = '1', heading = ''] =
    header.exec(lines[at] ?? '') ?? []
  if (oldStart === '') return undefined
  let [oldLeft, newLeft] = [Number(oldCount), Number(newCount)]
  const read: HunkLine[] = []
  let next = at + 1
  while (oldLeft > 0 || newLeft > 0 || isUnendedMark(lines[next])) {
    const line = lines[next]
    const last = read.at(-1)
    if (isUnendedMark(line) && last !== undefined) read[read.length - 1] = { ...last, isUnended: true }
    else {
      const kind = line === undefined ? undefined : kindOf(line)
      if (line === undefined || kind === undefined) break
      if (kind !== 'added') oldLeft--
      if (kind !== 'removed') newLeft--
      read.push({ kind, text: line.slice(1) })
    }
    next++
  }
  const isWhole = oldLeft === 0 && newLeft === 0 && read.length > 0 && endsOnce(read)
  return { hunk: { oldStart: Number(oldStart), newStart: Number(newStart), heading, lines: read }, next, isWhole }
}

/** `\ No newline at end of file`, in whatever language. */
const isUnendedMark = (line: string | undefined): boolean => line?.startsWith('\\ ') === true

function kindOf(line: string): HunkLine['kind'] | undefined {
  switch (line[0]) {
    // Some mail programs drop the space of an empty line.
    case undefined:
    case ' ':
      return 'context'
    case '+':
      return 'added'
    case '-':
      return 'removed'
    default:
      return undefined
  }
}

/** A side that ended without a line break has no lines behind that. */
function endsOnce(lines: readonly HunkLine[]): boolean {
  return (['added', 'removed'] as const).every((other) => {
    const side = lines.filter(({ kind }) => kind !== other)
    return side.slice(0, -1).every(({ isUnended }) => isUnended !== true)
  })
}
