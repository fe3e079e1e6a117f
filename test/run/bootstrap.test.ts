import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

describe('A script of a fresh clone', () => {
  let folder = ''

  /** A repository whose one dependency is a folder of its own, so that npm asks nobody for it. */
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tincan-clone-'))
    await mkdir(path.join(folder, 'test', 'run'), { recursive: true })
    await cp(fileURLToPath(new URL('bootstrap.mjs', import.meta.url)), path.join(folder, 'test/run/bootstrap.mjs'))
    await writeFile(path.join(folder, 'script.mjs'), 'console.log(process.argv.slice(2).join()); process.exitCode = 7')
    await mkdir(path.join(folder, 'part'))
    await lock('1.0.0')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function lock(version: string): Promise<void> {
    const manifest = { name: 'clone', version: '1.0.0', dependencies: { part: 'file:part' } }
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest))
    await writeFile(path.join(folder, 'part', 'package.json'), JSON.stringify({ name: 'part', version }))
    const packages = {
      '': manifest,
      part: { version },
      'node_modules/part': { resolved: 'part', link: true },
    }
    await writeFile(
      path.join(folder, 'package-lock.json'),
      JSON.stringify({ name: 'clone', version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
    )
  }

  function run(...args: readonly string[]): {
    readonly status: number | null
    readonly out: string
    readonly log: string
  } {
    const bootstrap = path.join(folder, 'test', 'run', 'bootstrap.mjs')
    const { status, stdout, stderr } = spawnSync(process.execPath, [bootstrap, ...args], { encoding: 'utf8' })
    return { status, out: stdout, log: stderr }
  }

  it('runs after the dependencies are installed, with its arguments, and ends as it ends', () => {
    const { status, out, log } = run('script.mjs', 'a', '--b')
    assert.equal(out, 'a,--b\n')
    assert.equal(status, 7)
    assert.match(log, /Installing the dependencies/)
    assert.ok(existsSync(path.join(folder, 'node_modules', 'part', 'package.json')))
  })

  it('runs at once the next time', () => {
    assert.deepEqual(run('script.mjs', 'c'), { status: 7, out: 'c\n', log: '' })
  })

  it('runs after the dependencies are installed again when the lock file names others', async () => {
    await lock('2.0.0')
    assert.match(run('script.mjs').log, /Installing the dependencies/)
    assert.equal(run('script.mjs').log, '')
  })

  it('is asked for in one sentence when it is not named', () => {
    const { status, log } = run()
    assert.equal(status, 1)
    assert.equal(log, 'Say which script to run: node test/run/bootstrap.mjs <script> [arguments].\n')
  })
})
