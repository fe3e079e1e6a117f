/** How many checks passed and failed. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

/** The sum of all. */
export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  })
}

/** The line a stage, and the whole run, closes with. */
export function formatCounts({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}

/** What the last such line of an output says, or `undefined` if it has none. */
export function parseCounts(output: string): Counts | undefined {
  const line = output.split(/\r?\n/).findLast((text) => /^\d{1,9} passed, \d{1,9} failed$/.test(text))
  const [passed, failed] = line?.match(/\d+/g) ?? []
  return passed === undefined || failed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) }
}
