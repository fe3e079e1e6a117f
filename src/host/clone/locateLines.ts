import { findSimilarLines } from './similarLines.ts'

/** Lines of a file, 1-based, inclusive. */
export interface LineRange {
  readonly first: number
  readonly last: number
}

/** Where the lines of a snippet are in a file of now. */
export type Located =
  /** Where the snippet says. */
  | ({ readonly kind: 'same' } & LineRange)
  /** Elsewhere, letter by letter. */
  | ({ readonly kind: 'moved' } & LineRange)
  /** The lines that are most like it. */
  | ({ readonly kind: 'changed' } & LineRange)
  | { readonly kind: 'lost' }

export interface Sought {
  readonly text: string
  readonly lines?: LineRange
  readonly context?: { readonly before: string; readonly after: string }
}

/** A longer file is not searched. */
export const maxFileChars = 2_000_000
/** As many places are compared where a text occurs often. */
const maxPlaces = 200
/** A shorter text that is not a whole line is no evidence: it occurs everywhere. */
const minPartChars = 8

export const linesOf = (text: string): readonly string[] => text.replace(/\r\n?/g, '\n').split('\n')

/**
 * Finds a snippet in a file: letter by letter where it says, then elsewhere (of several places the one whose
 * surroundings fit best, then the nearest), then the lines that are most like it. Work is linear in the file.
 */
export function locateLines(file: string, sought: Sought): Located {
  const wanted = linesOf(sought.text.replace(/\r?\n$/, ''))
  if (file.length > maxFileChars || sought.text.trim() === '') return { kind: 'lost' }
  const lines = linesOf(file)
  const exact = findExact(lines, wanted, sought)
  if (exact !== undefined) {
    const isThere = sought.lines === undefined || exact === sought.lines.first
    return { kind: isThere ? 'same' : 'moved', first: exact, last: exact + wanted.length - 1 }
  }
  const similar = findSimilarLines(lines, wanted, {
    before: contextLines(sought.context?.before),
    after: contextLines(sought.context?.after),
    ...(sought.lines === undefined ? {} : { near: sought.lines.first }),
  })
  return similar === undefined ? { kind: 'lost' } : { kind: 'changed', ...similar }
}

const contextLines = (text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : linesOf(text.replace(/^\r?\n|\r?\n$/g, ''))

/** The first line of the best place, 1-based. */
function findExact(lines: readonly string[], wanted: readonly string[], sought: Sought): number | undefined {
  const text = wanted.join('\n')
  const whole = lines.join('\n')
  const starts = lineStarts(lines)
  const places: number[] = []
  let line = 0
  for (let at = whole.indexOf(text); at >= 0 && places.length < maxPlaces; at = whole.indexOf(text, at + 1)) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= at) line += 1
    const isThere = line + 1 === sought.lines?.first
    if (isThere || text.trim().length >= minPartChars || isWhole(lines, line, wanted)) places.push(line)
  }
  const before = contextLines(sought.context?.before).at(-1)
  const after = contextLines(sought.context?.after)[0]
  const near = (sought.lines?.first ?? 1) - 1
  const rank = (place: number): number =>
    Number(before !== undefined && lines[place - 1] === before) +
    Number(after !== undefined && lines[place + wanted.length] === after)
  const [best] = places.sort((a, b) => rank(b) - rank(a) || Math.abs(a - near) - Math.abs(b - near))
  return best === undefined ? undefined : best + 1
}

/** Whether the lines are the wanted ones but for the white space around them. */
const isWhole = (lines: readonly string[], first: number, wanted: readonly string[]): boolean =>
  lines[first]?.trim() === wanted[0]?.trim() && lines[first + wanted.length - 1]?.trim() === wanted.at(-1)?.trim()

function lineStarts(lines: readonly string[]): readonly number[] {
  let at = 0
  return lines.map((line) => {
    const start = at
    at += line.length + 1
    return start
  })
}
