import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { build } from '../../esbuild.mjs'
import type { ActivationAccount } from './activationProbe.ts'

const probe = path.join(import.meta.dirname, 'activationProbe.ts')

describe('activation', () => {
  let folder: string
  let account: ActivationAccount
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tincan-activation-'))
    await build({ only: ['host'], outdir: folder })
    const args = [probe, path.join(folder, 'extension.cjs'), path.join(folder, 'data')]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    account = JSON.parse(stdout) as ActivationAccount
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('loads no native part before it returns, and does so afterwards', () => {
    assert.deepEqual(account.addons, [])
    assert.notDeepEqual(account.addonsLater, [])
  })

  it('opens no socket, starts no process and hashes nothing before it returns', () => {
    assert.deepEqual(account.calls, [])
    assert.deepEqual(account.resources, [])
  })
})
