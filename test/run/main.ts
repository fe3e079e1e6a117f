/**
 * `npm test`: the checks side by side and then every suite, one after the other, those that mostly wait beside them, whatever becomes of the others. In the end
 * everything that was logged is searched for what the tests planted. The last line is `N passed, N failed`; the one before it says what was endured.
 * `npm test -- types lint` runs the named stages only.
 */
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { recordVariable } from '../record/recordFolder.ts'
import { formatTally } from '../record/tally.ts'
import { addCounts, formatCounts } from './counts.ts'
import { judgeRecord } from './judgeRecord.ts'
import { formatNotRun } from './notRun.ts'
import { RunRecord } from './runRecord.ts'
import { endStages, runStage, type Stage, type StageResult } from './stage.ts'
import { createStages } from './stages.ts'

/** The whole run ends by itself, with its closing line, before a machine that waits half an hour gives up. */
const ceilingMs = 29 * 60 * 1000

const repository = fileURLToPath(new URL('../..', import.meta.url))

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endStages()
    process.exit(1)
  })
}

const names = process.argv.slice(2)
const all = createStages(repository)
const unknown = names.filter((name) => all.every((stage) => stage.name !== name))
if (unknown.length > 0) {
  console.error(`There is no stage '${unknown.join("', '")}': ${all.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const stages = all.filter(({ name }) => names.length === 0 || names.includes(name))
const record = new RunRecord(path.join(repository, 'artifacts', 'record'))
await record.begin()
process.env[recordVariable] = record.folder
// Thousands of processes load the same sources: compiled once, each starts in half the time.
process.env['NODE_COMPILE_CACHE'] = path.join(repository, 'node_modules', '.cache', 'tincan', 'compiled')
const results: (readonly [Pick<Stage, 'name'>, StageResult])[] = []
/** What stages said that ran beside others. */
const held: string[] = []
function tellHeld(): void {
  process.stdout.write(held.splice(0).join(''))
}
/** What the stage says, told as it comes, or held until the others have said theirs. */
async function run(stage: Stage, tell: 'at once' | 'later'): Promise<void> {
  const heading = `\n== ${stage.name}\n`
  const leftMs = Math.max(1, ceilingMs - performance.now())
  let output = ''
  if (tell === 'at once') process.stdout.write(heading)
  const result = await runStage({ ...stage, ceilingMs: Math.min(stage.ceilingMs, leftMs) }, repository, (text) => {
    output += text
    if (tell === 'at once') process.stdout.write(text)
  })
  if (tell === 'later') held.push(heading + output)
  results.push([stage, result])
  // A test that fails quotes what it compared.
  if (result.counts.failed === 0) await record.addLog(`stage-${stage.name}`, output)
}

const checks = stages.filter(({ kind }) => kind === 'check')
await Promise.all(checks.map((stage) => run(stage, 'later')))
tellHeld()
const suites = stages.filter(({ kind }) => kind === 'suite')
const waiting = suites.filter(({ isMostlyWaiting }) => isMostlyWaiting).map((stage) => run(stage, 'later'))
for (const stage of suites) {
  if (stage.isMostlyWaiting) continue
  await run(stage, 'at once')
  tellHeld()
}
await Promise.all(waiting)
tellHeld()
const hasSuites = stages.some(({ name }) => name === 'tests' || name === 'editors')
if (hasSuites) results.push([{ name: 'secrets' }, await judgeRecord(record)])

console.log('')
for (const [stage, { counts, durationMs, problem, notRun }] of results) {
  const seconds = (durationMs / 1000).toFixed(1).padStart(6)
  const mark = notRun !== undefined ? '–' : counts.failed === 0 ? '✔' : '✘'
  const outcome = notRun === undefined ? formatCounts(counts) : formatNotRun(notRun)
  console.log(`${mark} ${stage.name.padEnd(10)}${seconds} s  ${outcome}${problem === undefined ? '' : `. ${problem}`}`)
}
const total = addCounts(results.map(([, { counts }]) => counts))
console.log(`\n${formatTally(await record.tally())}`)
console.log(formatCounts(total))
process.exitCode = total.failed === 0 ? 0 : 1
