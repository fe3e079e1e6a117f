import type { LineRange } from './locateLines.ts'

/** A line that occurs more often says nothing of a place. */
const maxOccurrences = 40
/** As much of what the lines weigh has to be found again. */
const minLikeness = 0.3
/** Of a text of so few lines none may be left as it was: then its words are compared. */
const maxWordyLines = 3
const minWordLikeness = 0.5
/** As many lines on either side of where it was are compared by words. */
const wordyReach = 2_000

/** A line of the text, or of what surrounds it, found in the file. `index` counts from the text's first line. */
interface Match {
  readonly index: number
  readonly line: number
  readonly weight: number
}

/**
 * The lines of a file that are most like the wanted ones, 1-based; `undefined` where nothing is like them. Lines are
 * compared without their white space, and each votes for where the text would begin: work is linear in both.
 */
export function findSimilarLines(
  lines: readonly string[],
  wanted: readonly string[],
  around: { readonly before: readonly string[]; readonly after: readonly string[]; readonly near?: number },
): LineRange | undefined {
  const matches = findMatches(lines, [...around.before, ...wanted, ...around.after], around.before.length)
  const start = mostVoted(matches, around.near)
  if (start === undefined) return likeInWords(lines, wanted, around.near)
  const slack = Math.max(3, Math.ceil(wanted.length / 2))
  const near = matches.filter(({ index, line }) => Math.abs(line - index - start) <= slack)
  const inside = near.filter(({ index }) => index >= 0 && index < wanted.length)
  const before = near.findLast(({ index }) => index < 0)
  const after = near.find(({ index }) => index >= wanted.length)
  const total = wanted.reduce((sum, line) => sum + weightOf(normalised(line)), 0)
  const found = [...new Map(inside.map((match) => [match.index, match.weight])).values()].reduce((a, b) => a + b, 0)
  const isEnclosed = before?.index === -1 && after?.index === wanted.length
  if (!isEnclosed && found < total * minLikeness) return likeInWords(lines, wanted, around.near)
  const range = rangeOf(lines.length, wanted.length, start, { inside, before, after })
  return range === undefined || after !== undefined ? range : toLastLine(lines, wanted, range, slack)
}

/** A bracket that ends the text is known by its indentation, where lines were added above it. */
function toLastLine(lines: readonly string[], wanted: readonly string[], range: LineRange, slack: number): LineRange {
  const end = wanted.at(-1) ?? ''
  if (end.trim() === '' || lines[range.last - 1] === end) return range
  const below = lines.slice(range.last, range.last + slack).indexOf(end)
  return below < 0 ? range : { first: range.first, last: range.last + below + 1 }
}

/** From the first line that is known again to the last, and so many more as the text has beyond them. */
function rangeOf(
  fileLength: number,
  length: number,
  start: number,
  { inside, before, after }: { inside: readonly Match[]; before: Match | undefined; after: Match | undefined },
): LineRange | undefined {
  const [top, bottom] = [inside[0], inside.at(-1)]
  const first = before?.index === -1 ? before.line + 1 : top === undefined ? start : top.line - top.index
  const end = bottom === undefined ? start + length - 1 : bottom.line + (length - 1 - bottom.index)
  const last = after?.index === length ? after.line - 1 : end
  const from = Math.min(Math.max(first, 0), fileLength - 1)
  // What stood between its surroundings is gone: nothing is like it.
  if (last < from) return undefined
  return { first: from + 1, last: Math.min(last, fileLength - 1) + 1 }
}

function findMatches(lines: readonly string[], wanted: readonly string[], offset: number): readonly Match[] {
  const places = new Map<string, number[]>()
  lines.forEach((line, index) => {
    const key = normalised(line)
    const known = places.get(key)
    if (known === undefined) places.set(key, [index])
    else if (known.length <= maxOccurrences) known.push(index)
  })
  return wanted.flatMap((line, index) => {
    const key = normalised(line)
    const found = places.get(key) ?? []
    const weight = weightOf(key)
    if (weight === 0 || found.length > maxOccurrences) return []
    return found.map((place) => ({ index: index - offset, line: place, weight: weight / found.length }))
  })
}

/** Where the text would begin by most of what matches; of equals the nearest to where it was. */
function mostVoted(matches: readonly Match[], near = 1): number | undefined {
  const votes = new Map<number, number>()
  for (const { index, line, weight } of matches) {
    const start = line - index
    votes.set(start, (votes.get(start) ?? 0) + weight)
  }
  const ranked = [...votes].sort(([a, x], [b, y]) => y - x || Math.abs(a + 1 - near) - Math.abs(b + 1 - near))
  return ranked[0]?.[0]
}

/** Compares the words of short texts, window by window. */
function likeInWords(lines: readonly string[], wanted: readonly string[], near = 1): LineRange | undefined {
  if (wanted.length > maxWordyLines) return undefined
  const words = wordsOf(wanted)
  if (words.size === 0) return undefined
  let best: { readonly at: number; readonly likeness: number } | undefined
  const from = Math.max(0, near - 1 - wordyReach)
  const to = Math.min(lines.length - wanted.length, near - 1 + wordyReach)
  for (let at = from; at <= to; at++) {
    const others = wordsOf(lines.slice(at, at + wanted.length))
    const shared = [...words].filter((word) => others.has(word)).length
    const likeness = (2 * shared) / (words.size + others.size)
    const isNearer = best !== undefined && Math.abs(at + 1 - near) < Math.abs(best.at + 1 - near)
    if (best === undefined || likeness > best.likeness || (likeness === best.likeness && isNearer)) {
      best = { at, likeness }
    }
  }
  if (best === undefined || best.likeness < minWordLikeness) return undefined
  return { first: best.at + 1, last: best.at + wanted.length }
}

const wordsOf = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.slice(0, 1_000).match(/[\p{L}\p{N}_$]+/gu) ?? []))

const normalised = (line: string): string => line.trim().replace(/\s+/g, ' ')

/** Lines without a letter, such as a lone bracket, are no evidence. */
const weightOf = (line: string): number => (/[\p{L}\p{N}]/u.test(line) ? Math.min(line.length, 40) : 0)
