import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { repository } from './harness/codeServer.ts'
import { startProcess } from './harness/ownedProcess.ts'
import { createScratch, removeScratch } from './harness/scratch.ts'

test('npm start gives two people an editor each in which Tincan is active, and leaves nothing behind', async (t) => {
  const scratch = await createScratch()
  t.after(() => removeScratch(scratch))
  const started = startProcess({
    command: process.execPath,
    args: ['test/start/main.ts', '--check'],
    cwd: repository,
    env: { ...process.env, TMPDIR: scratch, TEMP: scratch },
  })
  t.after(() => started.end())
  assert.equal(await started.exited, 0, started.output())
  const said = started.output()
  const urls = ['Alice', 'Bob'].map((name) => new RegExp(`^${name}: +(http://\\S+)$`, 'm').exec(said)?.[1])
  assert.ok(urls[0] !== undefined && urls[1] !== undefined && urls[0] !== urls[1], said)
  for (const name of ['Alice', 'Bob'])
    assert.match(said, new RegExp(`${name}: the editor answers and Tincan is active`))
  for (const url of urls) await assert.rejects(fetch(url ?? ''), 'no editor is left running')
  const folder = /folder=([^&\s]+)/.exec(urls[0])?.[1] ?? ''
  assert.equal(existsSync(decodeURIComponent(folder)), false, 'no data is left')
})
