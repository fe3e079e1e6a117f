/** One figure of a run: the median and range of its repetitions. */
export interface Figure {
  readonly median: number
  readonly min: number
  readonly max: number
  /** How many repetitions there were. */
  readonly of: number
}

/** The value below which the share `p` (0–1) of `values` lies, by nearest rank. `values` must not be empty. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.max(1, Math.ceil(p * sorted.length))
  const value = sorted[rank - 1]
  if (value === undefined) throw new Error('No values')
  return value
}

/** The median and the range of `values`, which must not be empty. */
export function figure(values: readonly number[]): Figure {
  return { median: percentile(values, 0.5), min: Math.min(...values), max: Math.max(...values), of: values.length }
}

/** Runs `measure` `times` times, one after the other. */
export async function repeat<T>(times: number, measure: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let round = 0; round < times; round++) results.push(await measure(round))
  return results
}
