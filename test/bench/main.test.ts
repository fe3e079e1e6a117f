import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const main = join(import.meta.dirname, 'main.ts')

interface MeasuredEntry {
  readonly unit: string
  readonly name: string
  readonly figure: { readonly median: number; readonly of: number }
  readonly ratio?: number | null
  readonly target?: object
}

async function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  await once(child, 'close')
  return { code: child.exitCode, output }
}

test('a quick run measures every scenario beside the plain socket and writes its figures down', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'tincan-bench-test-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const out = join(directory, 'bench.json')
  const { code, output } = await run(['--quick', '--out', out])
  assert.equal(code, 0, output)
  const { sections } = JSON.parse(await readFile(out, 'utf8')) as {
    sections: { title: string; entries: MeasuredEntry[] }[]
  }
  assert.equal(sections.length, 14)
  for (const { title, entries } of sections) {
    assert.ok(output.includes(title))
    assert.ok(entries.length > 0)
    // Differences of memory are lost in its noise where so little is measured, and may come out below nothing.
    for (const { name, figure, unit } of entries)
      assert.ok(/^(?:MB|bytes)$/.test(unit) ? Number.isFinite(figure.median) : figure.median >= 0, name)
  }
  assert.match(output, /\d+ of \d+ targets met/)

  const besidePlain = sections
    .slice(1, 7)
    .flatMap(({ entries }) => entries.filter(({ target }) => target !== undefined))
  assert.ok(besidePlain.length >= 10)
  for (const { name, figure, ratio } of besidePlain) {
    assert.equal(figure.of, 2, `${name} was not repeated`)
    assert.ok(typeof ratio === 'number' && ratio > 0, `${name} stands beside no figure of the plain socket`)
  }
})

test('a scenario that does not exist is said before anything runs', async () => {
  const { code, output } = await run(['--only', 'weather'])
  assert.notEqual(code, 0)
  assert.match(output, /There is no scenario weather: live, /)
})
