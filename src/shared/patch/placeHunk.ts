import type { FileLine } from './fileLines.ts'
import type { HunkLine } from './patch.ts'

/** Where a hunk goes. */
export interface Place {
  /** The index of the first line of the file that was looked at. */
  readonly at: number
  /** Line ends are as the patch has them. */
  readonly isExact: boolean
  /** How many lines of context at its beginning and its end are not looked at. */
  readonly skipped: readonly [start: number, end: number]
}

/** - `no-match`: the lines are not there; `ambiguous`: they are in several places, and in none where they should be */
export type NoPlace = 'no-match' | 'ambiguous' | 'too-costly'

/** How many comparisons of lines a file may still cost: a bound for files that look alike everywhere. */
export interface Effort {
  left: number
}

/** As many lines of context as `patch` leaves out at most where they have changed. */
const maxSkipped = 2

/**
 * Finds the lines that a hunk changes: where they are expected, or else in the only other place after `from`; as they
 * stand, or else with other line ends, or else without up to two lines of context at either end.
 */
export function placeHunk(
  file: readonly FileLine[],
  hunk: readonly HunkLine[],
  { from, expected, effort }: { readonly from: number; readonly expected: number; readonly effort: Effort },
): Place | NoPlace {
  const old = hunk.filter(({ kind }) => kind !== 'added')
  let isAmbiguous = false
  for (const { isExact, start, end } of manners(hunk, old.length)) {
    const wanted = old.slice(start, old.length - end)
    // A line or two that could stand anywhere say nothing about a place.
    if (!isExact && start + end > 0 && wanted.every(({ text }) => text.trim().length < 2)) continue
    const at = find(file, wanted, { isExact, from, expected: expected + start, effort })
    if (at === 'too-costly') return at
    if (at === 'ambiguous') isAmbiguous = true
    else if (at !== 'no-match') return { at, isExact, skipped: [start, end] }
  }
  return isAmbiguous ? 'ambiguous' : 'no-match'
}

interface Manner {
  readonly isExact: boolean
  readonly start: number
  readonly end: number
}

/** From the strictest to the most lenient. */
function manners(hunk: readonly HunkLine[], oldCount: number): Manner[] {
  const leading = countContext(hunk)
  const trailing = countContext([...hunk].reverse())
  const all: Manner[] = [
    { isExact: true, start: 0, end: 0 },
    { isExact: false, start: 0, end: 0 },
  ]
  for (let skip = 1; skip <= maxSkipped; skip++) {
    const manner = { isExact: false, start: Math.min(skip, leading), end: Math.min(skip, trailing) }
    if (manner.start + manner.end < oldCount) all.push(manner)
  }
  return all
}

const countContext = (lines: readonly HunkLine[]): number => {
  const changed = lines.findIndex(({ kind }) => kind !== 'context')
  return changed < 0 ? lines.length : changed
}

interface Search {
  readonly isExact: boolean
  readonly from: number
  readonly expected: number
  readonly effort: Effort
}

function find(file: readonly FileLine[], wanted: readonly HunkLine[], search: Search): number | NoPlace {
  const { isExact, from, expected, effort } = search
  const last = file.length - wanted.length
  const fits = (at: number): boolean => {
    for (let i = 0; i < wanted.length; i++) {
      effort.left--
      if (!isSame(file[at + i] as FileLine, wanted[i] as HunkLine, isExact)) return false
    }
    return true
  }
  if (expected >= from && expected <= last && fits(expected)) return expected
  let found: number | undefined
  for (let at = from; at <= last; at++) {
    if (effort.left <= 0) return 'too-costly'
    if (!fits(at)) continue
    if (found !== undefined) return 'ambiguous'
    found = at
  }
  return found ?? 'no-match'
}

function isSame(line: FileLine, wanted: HunkLine, isExact: boolean): boolean {
  if (!isExact) return line.text === plainText(wanted)
  const end = wanted.isUnended === true ? '' : '\n'
  return line.end === '\r\n'
    ? end === '\n' && wanted.text.endsWith('\r') && wanted.text.slice(0, -1) === line.text
    : line.end === end && wanted.text === line.text
}

/** The text of a patch's line without the carriage return of a line end. */
export function plainText({ text }: HunkLine): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
