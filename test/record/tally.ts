import { addToRecord, atEnd } from './recordFolder.ts'

/** What a test run did to the product, and what became of what it was given. */
export interface Tally {
  /** Processes killed, connections cut, clocks set, disks filled, packets dropped. */
  readonly faults: number
  /** Frames, files, links, names and messages that nobody well-meaning would send. */
  readonly badInputs: number
  /** Messages for which a sender was told that they are on disk. */
  readonly acknowledged: number
  /** Of these, the ones that were missing in the end, */
  readonly lost: number
  /** and the ones that were there more than once. */
  readonly duplicated: number
}

export const emptyTally: Tally = { faults: 0, badInputs: 0, acknowledged: 0, lost: 0, duplicated: 0 }

let total = emptyTally
atEnd(() => {
  if (total !== emptyTally) addToRecord('tally', `${JSON.stringify(total)}\n`)
})

/** Counts what this process did, for the end of the whole run. */
export function count(part: Partial<Tally>): void {
  total = addTallies([total, part])
}

/** What this process counted so far. */
export function tallySoFar(): Tally {
  return total
}

export function addTallies(parts: readonly Partial<Tally>[]): Tally {
  return parts.reduce<Tally>(
    (sum, part) => ({
      faults: sum.faults + (part.faults ?? 0),
      badInputs: sum.badInputs + (part.badInputs ?? 0),
      acknowledged: sum.acknowledged + (part.acknowledged ?? 0),
      lost: sum.lost + (part.lost ?? 0),
      duplicated: sum.duplicated + (part.duplicated ?? 0),
    }),
    emptyTally,
  )
}

/** The line before the last one of a whole run. */
export function formatTally({ faults, badInputs, acknowledged, lost, duplicated }: Tally): string {
  return `${faults} faults injected, ${badInputs} bad inputs tried, ${acknowledged} messages acknowledged, ${lost} lost, ${duplicated} duplicated`
}

/** The sum of what the processes of a run wrote down, each a line of JSON. Throws on a line that is none. */
export function readTallies(lines: string): Tally {
  const parts = lines.split('\n').filter((line) => line !== '')
  return addTallies(parts.map((line) => JSON.parse(line) as Tally))
}
