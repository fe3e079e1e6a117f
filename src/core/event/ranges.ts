/**
 * Sets of sequence numbers as ascending, disjoint, non-adjacent closed ranges. What a device holds of a log is such a
 * set: usually one range from 1, two while history still fills in from the newest end.
 */
import type { Reader, Writer } from '../codec/codec.ts'
import { maxCounter } from './event.ts'

export interface Range {
  readonly from: number
  readonly to: number
}
export type Ranges = readonly Range[]

/** The most ranges of one log on the wire; what is beyond is simply not claimed. */
export const maxRanges = 32

export const emptyRanges: Ranges = []

/** The set with `from..to` added. */
export function addRange(ranges: Ranges, from: number, to: number): Ranges {
  const last = ranges.at(-1)
  if (last === undefined || from > last.to + 1) return [...ranges, { from, to }]
  if (from >= last.from) return to <= last.to ? ranges : [...ranges.slice(0, -1), { from: last.from, to }]
  const result: Range[] = []
  let merged = { from, to }
  for (const range of ranges) {
    if (range.to + 1 < merged.from) result.push(range)
    else if (range.from > merged.to + 1) {
      result.push(merged)
      merged = range
    } else merged = { from: Math.min(range.from, merged.from), to: Math.max(range.to, merged.to) }
  }
  return [...result, merged]
}

export function hasSeq(ranges: Ranges, seq: number): boolean {
  for (let i = ranges.length - 1; i >= 0; i--) {
    const range = ranges[i] as Range
    if (seq >= range.from) return seq <= range.to
  }
  return false
}

/** What `theirs` has and `mine` lacks. */
export function missingFrom(mine: Ranges, theirs: Ranges): Ranges {
  const result: Range[] = []
  for (const { from, to } of theirs) {
    let next = from
    for (const own of mine) {
      if (own.to < next) continue
      if (own.from > to) break
      if (own.from > next) result.push({ from: next, to: own.from - 1 })
      next = own.to + 1
    }
    if (next <= to) result.push({ from: next, to })
  }
  return result
}

/** What both sets have. */
export function commonRanges(a: Ranges, b: Ranges): Ranges {
  return missingFrom(missingFrom(a, b), b)
}

export function countSeqs(ranges: Ranges): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}

/** The largest number in the set; 0 when it is empty. */
export function topSeq(ranges: Ranges): number {
  return ranges.at(-1)?.to ?? 0
}

/** The `limit` largest numbers of the set, ascending. */
export function newestSeqs(ranges: Ranges, limit: number): number[] {
  const seqs: number[] = []
  for (const { from, to } of [...ranges].reverse())
    for (let seq = to; seq >= from && seqs.length < limit; seq--) seqs.push(seq)
  return seqs.reverse()
}

/** Writes the newest `maxRanges` ranges. */
export function writeRanges(writer: Writer, ranges: Ranges): void {
  const written = ranges.slice(-maxRanges)
  writer.uint(written.length)
  for (const { from, to } of written) writer.uint(from).uint(to - from)
}

/** Reads ranges; the reader fails on any that are not ascending and apart. */
export function readRanges(reader: Reader): Ranges {
  let previousEnd = -1
  return reader.list(maxRanges, () => {
    const from = reader.uint(maxCounter)
    const to = from + reader.uint(maxCounter)
    if (from < 1 || to > maxCounter || from <= previousEnd + 1) reader.fail()
    previousEnd = to
    return { from, to }
  })
}
