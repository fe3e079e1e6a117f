import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { nodeClock } from '../../../src/node/nodeClock.ts'
import { nodeRandom } from '../../../src/node/nodeRandom.ts'
import { meetingPlace } from '../../../src/node/profileLock.ts'
import { attachWindow } from '../../../src/node/windows/attachWindow.ts'
import { readAddress } from '../../../src/node/windows/windowAddress.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { startProcess } from './childProcess.ts'
import { createProfile } from './profile.ts'
import type { WindowProcess } from './window.ts'

/** What is promised; a machine that is busy with other tests may need longer now and then, and not each time. */
const takeoverMs = 3_000

/** The one of several windows that says first that it leads. */
const winner = (windows: readonly WindowProcess[]): Promise<WindowProcess> =>
  Promise.race(windows.map((one) => one.leads().then(() => one)))

for (const count of [2, 5, 10]) {
  test(`of ${count} windows that open at once exactly one leads, and the others use its chat`, async (context) => {
    const profile = await createProfile(context)
    const windows = Array.from({ length: count }, () => profile.open())
    const leader = await winner(windows)
    const others = windows.filter((one) => one !== leader)
    await Promise.all(others.map((one) => one.follows()))
    const identities = await Promise.all(windows.map((one) => one.ask('identity/get', {})))
    assert.equal(identities[0]?.name, 'Alice')
    for (const identity of identities) assert.deepEqual(identity, identities[0])
  })
}

test('when the leader is killed, another leads soon, the rest follow it, and what it left behind is cleared away', async (context) => {
  const profile = await createProfile(context)
  const first = profile.open()
  await first.leads()
  let others = [profile.open(), profile.open(), profile.open()]
  await Promise.all(others.map((one) => one.follows()))
  const took: number[] = []
  for (let leader = first; others.length > 0;) {
    const killedAt = performance.now()
    await leader.kill()
    const next = await winner(others)
    const tookMs = performance.now() - killedAt
    context.diagnostic(`led ${tookMs.toFixed(0)} ms after the kill`)
    took.push(tookMs)
    others = others.filter((one) => one !== next)
    await Promise.all(others.map((one) => one.follows()))
    await Promise.all(others.map((one) => one.ask('identity/rename', { name: `Alice ${others.length}` })))
    leader = next
    if (process.platform === 'win32') continue
    const sockets = readdirSync(meetingPlace(profile.directory)).filter((name) => name.endsWith('.sock'))
    assert.equal(sockets.length, 1, 'the sockets of dead leaders are gone')
  }
  assert.ok(Math.min(...took) < takeoverMs, took.join())
})

test('when the leader closes, another leads, and what was asked meanwhile is answered', async (context) => {
  const profile = await createProfile(context)
  const first = profile.open()
  await first.leads()
  const second = profile.open()
  await second.follows()
  first.leave()
  for (let i = 0; i < 20; i++) await second.ask('identity/rename', { name: `Alice ${i}` })
  await second.leads()
  assert.equal((await second.ask('identity/get', {}))?.name, 'Alice 19')
})

test('a window that opens before there is an identity says so, and joins in once there is one', async (context) => {
  const profile = await createProfile(context, { isEmpty: true })
  const first = profile.open()
  await first.leads()
  const second = profile.open()
  await second.says('elsewhere leader-locked')
  await first.ask('identity/create', { name: 'Alice' })
  await second.follows()
  assert.equal((await second.ask('identity/get', {}))?.name, 'Alice')
})

test('a window without the key, with another key or of another version is refused, and told why, until it has the place to itself', async (context) => {
  const profile = await createProfile(context)
  const first = profile.open()
  await first.leads()
  const [none, wrong, newer] = [
    profile.open({ key: '' }),
    profile.open({ key: 'cd'.repeat(32) }),
    profile.open({ protocol: 2 }),
  ]
  await none.says('elsewhere no-key')
  await wrong.says('elsewhere no-key')
  await newer.says('elsewhere version')
  assert.equal((await first.ask('identity/get', {}))?.name, 'Alice')
  await wrong.kill()
  await newer.kill()
  await first.kill()
  await none.leads()
  assert.deepEqual(await none.ask('identity/state', {}), { kind: 'locked', reason: 'secret-missing' })
})

test('two profiles side by side have a leader each', async (context) => {
  const [one, two] = await Promise.all([createProfile(context), createProfile(context)])
  const windows = [one.open(), two.open()]
  await Promise.all(windows.map((window) => window.leads()))
  const followers = [one.open(), two.open()]
  await Promise.all(followers.map((window) => window.follows()))
  await followers[0]?.ask('identity/rename', { name: 'Alice One' })
  assert.equal((await followers[1]?.ask('identity/get', {}))?.name, 'Alice')
})

test('a directory whose path is too long for a socket has a leader and followers all the same', async (context) => {
  const temporary = temporaryDirectory()
  context.after(() => temporary.dispose())
  const directory = join(temporary.path, 'd'.repeat(120))
  mkdirSync(directory)
  const profile = await createProfile(context, { directory })
  const first = profile.open()
  await first.leads()
  await profile.open().follows()
  const { address } = readAddress(directory) ?? assert.fail('no address')
  assert.ok(Buffer.byteLength(address) <= 100)
})

test('a leader that another process cannot reach leads on, and the other one says so and takes over in the end', async (context) => {
  const profile = await createProfile(context)
  const first = startProcess(`
    import { takeProfileLock } from '../../src/node/profileLock.ts'
    globalThis.kept = takeProfileLock(${JSON.stringify(profile.directory)})
    console.log('leads')
    setInterval(() => undefined, 60_000)
  `)
  await first.says('leads')
  const second = profile.open()
  await second.says('elsewhere unreachable')
  await first.kill()
  await second.leads()
})

test('whoever took the place of a leader to listen at learns no proof and nothing that is asked', async (context) => {
  const profile = await createProfile(context)
  const first = profile.open()
  await first.leads()
  const leader = readAddress(profile.directory) ?? assert.fail('no address')
  await first.kill()
  const heard: Buffer[] = []
  const squatter = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      heard.push(bytes)
      // A well-formed welcome with a proof made up.
      const answer = { jsonrpc: '2.0', id: 1, result: { nonce: '0'.repeat(64), proof: '0'.repeat(64) } }
      const text = JSON.stringify(answer)
      if (heard.join('').includes('window/hello')) socket.write(`Content-Length: ${text.length}\r\n\r\n${text}`)
    })
  })
  context.after(() => squatter.close())
  rmSync(leader.address, { force: true })
  await new Promise<void>((resolve) => squatter.listen(leader.address, resolve))
  const result = await attachWindow({
    leader,
    key: new Uint8Array(32).fill(7),
    clock: nodeClock,
    random: nodeRandom,
    log: new RecordingLog(),
  })
  assert.deepEqual(result, { kind: 'refused', why: 'no-key' })
  assert.doesNotMatch(heard.join(''), /window\/prove|"proof"/)
})
