import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runStage, type Stage, type StageResult } from './stage.ts'

describe('A stage of the test run', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tincan-stage-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function run(
    kind: Stage['kind'],
    script: string,
    ceilingMs = 60_000,
  ): Promise<Omit<StageResult, 'durationMs'>> {
    const file = path.join(folder, 'script.mjs')
    await writeFile(file, script)
    const { durationMs, ...result } = await runStage(
      { name: 'stage', kind, args: [file], ceilingMs },
      folder,
      () => undefined,
    )
    assert.ok(durationMs >= 0)
    return result
  }

  it('that is a check is one check, by its exit code', async () => {
    assert.deepEqual(await run('check', ''), { counts: { passed: 1, failed: 0 } })
    assert.deepEqual(await run('check', 'process.exit(3)'), { counts: { passed: 0, failed: 1 } })
    assert.deepEqual(await run('check', 'throw new Error("on purpose")'), { counts: { passed: 0, failed: 1 } })
  })

  it('that is a suite has the counts that it says last', async () => {
    const script = 'console.log("1 passed, 0 failed\\n7 passed, 2 failed"); process.exitCode = 1'
    assert.deepEqual(await run('suite', script), { counts: { passed: 7, failed: 2 } })
  })

  it('has failed when it says nothing, finds nothing, or ends badly after good counts', async () => {
    assert.deepEqual(await run('suite', ''), {
      counts: { passed: 0, failed: 1 },
      problem: 'It did not say what passed and what failed.',
    })
    assert.deepEqual(await run('suite', 'console.log("0 passed, 0 failed")'), {
      counts: { passed: 0, failed: 1 },
      problem: 'It found no tests.',
    })
    assert.deepEqual(await run('suite', 'console.log("5 passed, 0 failed"); process.exitCode = 9'), {
      counts: { passed: 5, failed: 1 },
      problem: 'It ended with 9 though no test failed.',
    })
  })

  it('that cannot run on this machine says why, and has neither passed nor failed', async () => {
    const script = 'console.log("not run: There is no such thing here.")'
    const notRun = 'There is no such thing here.'
    assert.deepEqual(await run('suite', script), { counts: { passed: 0, failed: 0 }, notRun })
    assert.deepEqual(await run('suite', `${script}; process.exitCode = 1`), {
      counts: { passed: 0, failed: 1 },
      problem: 'It did not say what passed and what failed.',
    })
    assert.deepEqual(await run('suite', `${script}; console.log("1 passed, 2 failed")`), {
      counts: { passed: 1, failed: 2 },
    })
  })

  it('is ended at its ceiling, with what it started', async () => {
    const pidFile = path.join(folder, 'pid')
    const script = `
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
console.log('5 passed, 0 failed')
setInterval(() => {}, 1000)
`
    assert.deepEqual(await run('suite', script, 2_000), {
      counts: { passed: 5, failed: 1 },
      problem: 'It was ended after its ceiling of 2 seconds.',
    })
    // Both output streams are closed now: no process of the stage holds them any more.
    assert.match(await readFile(pidFile, 'utf8'), /^\d+$/)
  })
})
