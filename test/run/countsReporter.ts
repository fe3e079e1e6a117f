import type { TestEvent } from 'node:test/reporters'
import { formatCounts } from './counts.ts'

/**
 * A reporter for `node --test` that only says how many tests passed and failed. A test that was skipped, cancelled or
 * put off has not passed.
 */
export default async function* countsReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    // The summary of the whole run, not of one file.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue
    const { passed, tests } = event.data.counts
    yield `${formatCounts({ passed, failed: tests - passed })}\n`
  }
}
