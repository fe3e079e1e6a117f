import type { RunRecord } from './runRecord.ts'
import type { StageResult } from './stage.ts'

/** Two checks on what a whole run wrote down: that no log holds a secret, and that no acknowledged message was lost or doubled. */
export async function judgeRecord(record: RunRecord): Promise<StageResult> {
  const startMs = performance.now()
  const problems = await record.leaks()
  const { lost, duplicated } = await record.tally()
  const failed = Math.min(1, problems.length) + Math.min(1, lost + duplicated)
  if (lost + duplicated > 0)
    problems.push(`${String(lost)} acknowledged messages were lost, ${String(duplicated)} were there twice.`)
  const [problem] = problems
  for (const sentence of problems) console.log(sentence)
  return {
    counts: { passed: 2 - failed, failed },
    durationMs: performance.now() - startMs,
    ...(problem !== undefined && { problem }),
  }
}
