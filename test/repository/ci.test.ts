/** `.ci/run` on machines that have this or that, all of whose commands are stubs. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { repository } from './sourceTree.ts'

/** What a Debian with nothing added has of the commands that the script uses. */
const bare = ['bash', 'dirname', 'mktemp', 'rm', 'tee', 'grep', 'tail', 'cat', 'env']
const wanted = ['node', 'npm', 'git', 'ip', 'nft', 'sysctl', 'chromium']

interface Outcome {
  readonly status: number | null
  readonly lines: readonly string[]
  /** What was asked of apt-get, call by call. */
  readonly installed: readonly string[]
}

/** Runs it where `has` are the commands at hand, and `npm test` says `says` and ends with `code`. */
async function run(has: readonly string[], says: readonly string[], code: number): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tincan-ci-'))
  try {
    const [commands, asked] = [path.join(folder, 'bin'), path.join(folder, 'asked')]
    await mkdir(path.join(folder, '.ci'))
    await mkdir(commands)
    await cp(path.join(repository, '.ci', 'run'), path.join(folder, '.ci', 'run'))
    const stub = (name: string, lines: readonly string[]): Promise<void> =>
      writeFile(path.join(commands, name), ['#!/usr/bin/env bash', ...lines, ''].join('\n'), { mode: 0o755 })
    for (const name of bare) {
      const place = spawnSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
      await symlink(place, path.join(commands, name))
    }
    for (const name of has) await stub(name, ['exit 0'])
    await stub('npm', [`[ "$*" = test ] || exit 9`, ...says.map((line) => `echo '${line}'`), `exit ${code}`])
    await stub('apt-get', [`echo "$*" >> '${asked}'`])
    const { status, stdout } = spawnSync(path.join(folder, '.ci', 'run'), {
      encoding: 'utf8',
      env: { PATH: commands, TMPDIR: folder },
    })
    const installed = await readFile(asked, 'utf8').catch(() => '')
    return {
      status,
      lines: stdout.trimEnd().split('\n'),
      installed: installed.split('\n').filter((line) => line !== ''),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.platform !== 'win32')
  describe('.ci/run', () => {
    it('installs nothing where nothing is missing, and ends as the tests end', async () => {
      const { status, lines, installed } = await run(wanted, ['✔ all', '12 passed, 0 failed'], 0)
      assert.deepEqual(installed, [])
      assert.equal(status, 0)
      assert.equal(lines.at(-1), '12 passed, 0 failed')
    })

    it('installs the browser, Node, git and the tools for networks on a bare Debian', async () => {
      const { installed } = await run([], ['1 passed, 0 failed'], 0)
      assert.match(installed[0] ?? '', /update/)
      for (const name of ['nodejs', 'npm', 'git', 'iproute2', 'nftables', 'procps', 'chromium'])
        assert.match(installed[1] ?? '', new RegExp(`install .*\\b${name}\\b`))
    })

    it('takes any browser that is there', async () => {
      const others = wanted.filter((name) => name !== 'chromium')
      for (const browser of ['chromium-browser', 'google-chrome', 'google-chrome-stable'])
        assert.deepEqual((await run([...others, browser], ['1 passed, 0 failed'], 0)).installed, [])
    })

    it('fails where a test fails, and still closes with the counts, whatever npm says after them', async () => {
      const { status, lines } = await run(wanted, ['3 passed, 1 failed', 'npm error code 1'], 1)
      assert.equal(status, 1)
      assert.equal(lines.at(-1), '3 passed, 1 failed')
    })

    it('has failed where the tests never said what came of them', async () => {
      const { status, lines } = await run(wanted, ['npm error network'], 0)
      assert.equal(status, 1)
      assert.equal(lines.at(-1), '0 passed, 1 failed')
    })
  })
