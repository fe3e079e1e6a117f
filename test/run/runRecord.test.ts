import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { recordVariable } from '../record/recordFolder.ts'
import { formatTally } from '../record/tally.ts'
import { findLeaks, formsOf } from './findLeaks.ts'
import { judgeRecord } from './judgeRecord.ts'
import { RunRecord } from './runRecord.ts'

describe('The record of a test run', () => {
  let folder = ''
  let record: RunRecord
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tincan-record-'))
    record = new RunRecord(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** Runs a script as one process of the run. */
  async function runProcess(script: string): Promise<void> {
    const imports = ['tally', 'planted', 'keptLog'].map(
      (name) => `import * as ${name} from ${JSON.stringify(new URL(`../record/${name}.ts`, import.meta.url).href)}`,
    )
    const args = ['--input-type=module', '--eval', `${imports.join('\n')}\n${script}`]
    await promisify(execFile)(process.execPath, args, { env: { ...process.env, [recordVariable]: folder } })
  }

  it('is good where what was planted is in no log', async () => {
    await record.begin()
    await runProcess(`planted.plant('a secret of the test'); keptLog.keepLog('linked\\nunlinked')`)
    assert.deepEqual((await judgeRecord(record)).counts, { passed: 2, failed: 0 })
  })

  it('catches a leak of one process in the log of another, and does not repeat it', async () => {
    await record.begin()
    await runProcess(`planted.plantExchange('message/send', { body: { text: 'meet me at the well' } }, {})`)
    await runProcess(`keptLog.keepLog('12:00 error Could not send "meet me at the well": disk full')`)
    const { counts, problem } = await judgeRecord(record)
    assert.deepEqual(counts, { passed: 1, failed: 1 })
    assert.match(problem ?? '', /holds a secret: 12:00 error Could not send "<secret>": disk full$/)
  })

  it('catches a leak in the output of a stage', async () => {
    await record.begin()
    await runProcess(
      `planted.plantExchange('invite/create', {}, { link: 'vscode://tincan.tincan/join#abcdefghijklmnop' }); keptLog.keepLog('x')`,
    )
    await record.addLog('stage-tests', 'fine\n# abcdefghijklmnop\n')
    assert.deepEqual((await judgeRecord(record)).counts, { passed: 1, failed: 1 })
  })

  it('takes the titles of tests for what they are', async () => {
    await record.begin()
    await runProcess(`planted.plant('moved from a town'); keptLog.keepLog('x')`)
    await record.addLog('stage-tests', '\u001b[32m  ✔ a cat that moved from a town\u001b[39m\n▶ moved from a town\n')
    assert.equal((await judgeRecord(record)).counts.failed, 0)
    await record.addLog('stage-tests', 'debug: moved from a town\n')
    assert.equal((await judgeRecord(record)).counts.failed, 1)
  })

  it('is not good where nothing was planted or logged: then nothing was looked for', async () => {
    await record.begin()
    assert.deepEqual((await judgeRecord(record)).counts, { passed: 1, failed: 1 })
  })

  it('adds up what all processes counted, and fails for one lost message', async () => {
    await record.begin()
    await runProcess(`planted.plant('a secret of the test'); keptLog.keepLog('x')`)
    await runProcess('tally.count({ faults: 2, acknowledged: 5 }); tally.count({ badInputs: 7 })')
    await runProcess('tally.count({ acknowledged: 1 })')
    assert.equal(
      formatTally(await record.tally()),
      '2 faults injected, 7 bad inputs tried, 6 messages acknowledged, 0 lost, 0 duplicated',
    )
    assert.equal((await judgeRecord(record)).counts.failed, 0)
    await runProcess('tally.count({ lost: 1 })')
    assert.deepEqual((await judgeRecord(record)).counts, { passed: 1, failed: 1 })
  })
})

describe('Looking for secrets', () => {
  it('finds each of many secrets wherever it stands, and nothing else', () => {
    const secret = fc.stringMatching(/^[a-z]{16,30}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(secret, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.string(),
        (all, pick, around) => {
          const chosen = all[pick % all.length] as string
          assert.equal(findLeaks(`first\n${around.replaceAll('\n', '')}${chosen}!`, all)[0]?.line, 2)
          assert.deepEqual(findLeaks(chosen.slice(1).toUpperCase(), all), [])
        },
      ),
    )
  })

  it('looks for every line of a text, and for the text as JSON quotes it', () => {
    assert.deepEqual(formsOf('short\nthe second "line" is long'), [
      'the second "line" is long',
      String.raw`short\nthe second \"line\" is long`,
    ])
  })
})
