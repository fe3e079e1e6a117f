import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { entry } from './headlessPeer.ts'
import { encodeFrame, rawFrame } from './frames.ts'
import { expectRefusal } from './expectRefusal.ts'
import { World } from './world.ts'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the process to its end with nothing on stdin. */
async function run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  await once(child, 'close')
  return { code: child.exitCode, stdout, stderr }
}

const key = { TINCAN_KEY: 'ab'.repeat(32) }

test('a missing or malformed key, an unknown option and bad values each get one sentence and exit code 2', async (t) => {
  const world = await World.open(t)
  const { data } = await world.home('Ada')
  const cases: readonly (readonly [args: string[], environment: Record<string, string>, sentence: RegExp])[] = [
    [['--data', data], {}, /TINCAN_KEY/],
    [['--data', data], { TINCAN_KEY: 'planted' }, /TINCAN_KEY/],
    [[], key, /--data/],
    [['--data', data, '--verbose'], key, /--verbose/],
    [['--data', data, '--bootstrap', 'nowhere'], key, /HOST:PORT/],
    [['--data', data, '--host', 'localhost'], key, /IPv4/],
  ]
  for (const [args, environment, sentence] of cases) {
    const { code, stdout, stderr } = await run(args, environment)
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(stderr, sentence)
    assert.match(stderr, /^[^\n]+\.\n$/)
    assert.doesNotMatch(stderr, /planted/)
  }
  assert.deepEqual(await readdir(data), [], 'nothing was created')
})

test('a data directory that cannot be one gets one sentence and exit code 2', async (t) => {
  const world = await World.open(t)
  const { data } = await world.home('Ada')
  const file = join(data, 'a file')
  await writeFile(file, 'x')
  const { code, stdout, stderr } = await run(['--data', file, '--bootstrap', world.bootstrapList], key)
  assert.equal(code, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /^[^\n]+[.)]\n$/)
})

test('--help explains the options on stderr', async () => {
  const { code, stdout, stderr } = await run(['--help'], {})
  assert.equal(code, 0)
  assert.equal(stdout, '')
  for (const option of ['--data', '--bootstrap', '--lan', '--host', 'TINCAN_KEY']) assert.ok(stderr.includes(option))
})

test('a second process on the same data is refused, and the first goes on', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Ada')
  const first = await home.setUp()
  const second = home.spawn()
  assert.deepEqual(await second.exited, { code: 2, signal: null })
  assert.match(second.stderr, /Tincan is open in another window or process/)
  assert.equal((await first.request('identity/get'))?.name, 'Ada')
  await first.kill()
  const third = await home.start()
  assert.equal((await third.request('identity/get'))?.name, 'Ada')
})

test('shutdown answers, then the process ends with 0', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).setUp()
  assert.deepEqual(await ada.shutdown(), { code: 0, signal: null })
})

test('when stdin closes, what was asked is answered and the process ends with 0', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).setUp()
  const answers = [ada.request('identity/get'), ada.request('conversation/list')]
  ada.closeStdin()
  const [identity, conversations] = await Promise.all(answers)
  assert.ok(identity)
  assert.deepEqual(conversations, [])
  assert.deepEqual(await ada.exited, { code: 0, signal: null })
})

// Windows has no signals that a process could answer.
const endingSignals = process.platform === 'win32' ? [] : (['SIGTERM', 'SIGINT'] as const)
for (const signal of endingSignals) {
  test(`${signal} ends the process cleanly with 0`, async (t) => {
    const world = await World.open(t)
    const ada = await (await world.home('Ada')).setUp()
    ada.signal(signal)
    assert.deepEqual(await ada.exited, { code: 0, signal: null })
  })
}

test('unknown methods and bad parameters are refused, and the process goes on', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).setUp()
  await expectRefusal(ada.requestRaw('message/burn', {}), 'unknown-method')
  await expectRefusal(ada.requestRaw('identity/get', [1]), 'invalid-params')
  assert.equal((await ada.request('identity/get'))?.name, 'Ada')
})

for (const [what, bytes] of [
  ['malformed JSON', rawFrame('{"planted": PLANTED')],
  ['an oversized message', Buffer.from('Content-Length: 1048577\r\n\r\n')],
  ['no framing at all', Buffer.from(`${JSON.stringify({ PLANTED: 'x'.repeat(2000) })}\n`)],
] as const) {
  test(`${what} on stdin ends the process with one sentence and exit code 2, and nothing is lost`, async (t) => {
    const world = await World.open(t)
    const home = await world.home('Ada')
    const ada = await home.setUp()
    ada.write(bytes)
    assert.deepEqual(await ada.exited, { code: 2, signal: null })
    assert.match(ada.stderr, /A message on stdin|The input on stdin/)
    const again = await home.start()
    assert.equal((await again.request('identity/get'))?.name, 'Ada')
  })
}

test('the largest message that is allowed is read, and refused by its contents alone', async (t) => {
  const world = await World.open(t)
  const ada = await (await world.home('Ada')).setUp()
  const name = 'x'.repeat(1024 * 1024 - 100)
  assert.ok(encodeFrame({ jsonrpc: '2.0', id: 2, method: 'identity/rename', params: { name } }).length < 1024 * 1024)
  await expectRefusal(ada.requestRaw('identity/rename', { name }), 'invalid-params')
})
