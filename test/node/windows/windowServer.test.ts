import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { nodeClock } from '../../../src/node/nodeClock.ts'
import { nodeRandom } from '../../../src/node/nodeRandom.ts'
import { meetingPlace, takeProfileLock } from '../../../src/node/profileLock.ts'
import { attachWindow, type AttachResult } from '../../../src/node/windows/attachWindow.ts'
import { newAddress, readAddress } from '../../../src/node/windows/windowAddress.ts'
import { openWindowServer } from '../../../src/node/windows/windowServer.ts'
import { FakeChatService } from '../../doubles/fakeChatService.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { encodeFrame } from '../../headless/frames.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'

const key = new Uint8Array(32).fill(3)

/** A leader's door in this process, with a chat that knows its name. */
async function openDoor(context: TestContext, own: Uint8Array | undefined = key) {
  const directory = temporaryDirectory()
  const lock = takeProfileLock(directory.path)
  assert.ok(lock !== undefined)
  const log = new RecordingLog()
  const ports = { clock: nodeClock, random: nodeRandom, log }
  const server = await openWindowServer({ ...ports, directory: directory.path, epoch: 1, key: async () => own })
  const chat = new FakeChatService({ 'identity/state': () => ({ kind: 'none' }), shutdown: () => null })
  server.serve(chat)
  const sockets: Socket[] = []
  context.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    lock.dispose()
    directory.dispose()
  })
  const leader = readAddress(directory.path)
  assert.ok(leader !== undefined)
  return {
    server,
    chat,
    leader,
    attach: (with_: Uint8Array | undefined = key): Promise<AttachResult> =>
      attachWindow({ ...ports, leader, key: with_ }),
    /** Somebody who knows no more than the address. */
    stranger: () => {
      const socket = connect(leader.address)
      sockets.push(socket)
      let heard = ''
      socket.on('data', (bytes) => (heard += String(bytes)))
      socket.on('error', () => undefined)
      const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)))
      const ask = (method: string, params: object, id = 1): void =>
        void socket.write(encodeFrame({ jsonrpc: '2.0', id, method, params }))
      const hears = (pattern: RegExp): Promise<string> =>
        new Promise((resolve) => {
          const look = (): void =>
            pattern.test(heard) ? resolve(heard) : void socket.once('data', () => setImmediate(look))
          look()
        })
      return { socket, closed, ask, hears }
    },
  }
}

test('a window with the key uses the whole service, but cannot end it', async (context) => {
  const { attach, chat } = await openDoor(context)
  const attached = await attach()
  assert.equal(attached.kind, 'attached')
  const { window } = attached
  assert.deepEqual(await window.chat.request('identity/state', {}), { kind: 'none' })
  await assert.rejects(window.chat.request('shutdown', {}), { code: 'unknown-method' })
  await assert.rejects(window.chat.request('conversation/list', {}), { code: 'no-identity' })
  assert.deepEqual(
    chat.requests.map(({ method }) => method),
    ['identity/state', 'conversation/list'],
  )
  window.dispose()
  assert.equal(await window.lost, 'gone')
  await assert.rejects(window.chat.request('identity/state', {}), { code: 'leader-changed' })
})

test('a stranger is told whether somebody is there, and nothing is done or told before the proof', async (context) => {
  const { stranger, chat } = await openDoor(context)
  const { ask, hears, socket } = stranger()
  ask('window/ping', {}, 7)
  await hears(/"id":7,"result":\{\}/)
  ask('identity/state', {}, 8)
  await hears(/"id":8,"error".*unknown-method/)
  chat.fire('identity/changed', { kind: 'none' })
  ask('window/ping', {}, 9)
  assert.doesNotMatch(await hears(/"id":9/), /identity\/changed|window\/standing/)
  assert.deepEqual(chat.requests, [])
  socket.destroy()
})

test('a wrong proof, a proof without an introduction and a message too long for a stranger each end the socket', async (context) => {
  const { stranger } = await openDoor(context)
  const wrong = stranger()
  wrong.ask('window/hello', { protocol: 1, nonce: 'ab'.repeat(32) })
  await wrong.hears(/"proof"/)
  wrong.ask('window/prove', { proof: 'cd'.repeat(32) }, 2)
  assert.match(await wrong.closed, /"id":2,"result":\{"refused":"no-key"\}/)
  const hasty = stranger()
  hasty.ask('window/prove', { proof: 'cd'.repeat(32) })
  await hasty.closed
  const long = stranger()
  long.socket.write('Content-Length: 1025\r\n\r\n')
  assert.equal(await long.closed, '')
})

test('the answer of a leader cannot be given back to it as the proof of a follower', async (context) => {
  const { stranger } = await openDoor(context)
  const mirror = stranger()
  mirror.ask('window/hello', { protocol: 1, nonce: 'ab'.repeat(32) })
  const proof = /"proof":"([0-9a-f]{64})"/.exec(await mirror.hears(/"proof"/))?.[1]
  mirror.ask('window/prove', { proof }, 2)
  assert.match(await mirror.closed, /"refused":"no-key"/)
})

test('of strangers that say nothing only a few are let wait, and windows that have the key come in when those are gone', async (context) => {
  const { stranger, attach } = await openDoor(context)
  const waiting = Array.from({ length: 16 }, () => stranger())
  for (const [id, one] of waiting.entries()) {
    one.ask('window/ping', {}, id)
    await one.hears(/result/)
  }
  assert.equal(await stranger().closed, '')
  for (const { socket } of waiting) socket.destroy()
  for (;;) {
    const attached = await attach()
    if (attached.kind === 'gone') continue
    assert.equal(attached.kind, 'attached')
    attached.window.dispose()
    return
  }
})

test('a leader without a key, and a window with another one, each say so', async (context) => {
  const locked = await openDoor(context)
  assert.deepEqual(await locked.attach(new Uint8Array(32)), { kind: 'refused', why: 'no-key' })
  const { attach } = await openLocked(context)
  assert.deepEqual(await attach(), { kind: 'refused', why: 'leader-locked' })
})

async function openLocked(context: TestContext) {
  const directory = temporaryDirectory()
  const lock = takeProfileLock(directory.path)
  const ports = { clock: nodeClock, random: nodeRandom, log: new RecordingLog() }
  const server = await openWindowServer({
    ...ports,
    directory: directory.path,
    epoch: 1,
    key: () => Promise.resolve(undefined),
  })
  context.after(() => {
    server.close()
    lock?.dispose()
    directory.dispose()
  })
  const leader = readAddress(directory.path)
  assert.ok(leader !== undefined)
  return { attach: () => attachWindow({ ...ports, leader, key }) }
}

test('a leader that steps down refuses what is asked from then on as lost with it', async (context) => {
  const { attach, server } = await openDoor(context)
  const attached = await attach()
  assert.equal(attached.kind, 'attached')
  server.stopServing()
  await assert.rejects(attached.window.chat.request('identity/state', {}), { code: 'leader-changed' })
  server.close()
  assert.equal(await attached.window.lost, 'gone')
})

if (process.platform !== 'win32') {
  test('a place to listen is closed to others, and among the temporary files none that is a link is used', (context) => {
    const directory = temporaryDirectory()
    context.after(() => directory.dispose())
    const deep = join(directory.path, 'd'.repeat(120))
    const temporary = join(directory.path, 't')
    mkdirSync(deep)
    mkdirSync(temporary)
    mkdirSync(meetingPlace(deep))
    const address = newAddress(deep, nodeRandom, temporary)
    assert.ok(address !== undefined && dirname(dirname(address)) === temporary)
    const shelter = dirname(address)
    assert.equal(statSync(shelter).mode & 0o777, 0o700)
    chmodSync(shelter, 0o777)
    newAddress(deep, nodeRandom, temporary)
    assert.equal(statSync(shelter).mode & 0o777, 0o700)

    const other = join(directory.path, 'o')
    mkdirSync(other)
    const [name = ''] = readdirSync(temporary)
    symlinkSync(shelter, join(other, name))
    assert.equal(newAddress(deep, nodeRandom, other), undefined)
  })
}

test('on Windows a leader listens at a pipe whose name nobody can know, and so take, in advance', (context) => {
  const directory = temporaryDirectory()
  const { platform } = process
  Object.defineProperty(process, 'platform', { value: 'win32' })
  context.after(() => {
    Object.defineProperty(process, 'platform', { value: platform })
    directory.dispose()
  })
  const names = Array.from({ length: 64 }, () => newAddress(directory.path, nodeRandom) ?? '')
  for (const name of names) assert.match(name, /^\\\\\.\\pipe\\tincan-[0-9a-f]{32}$/)
  assert.equal(new Set(names).size, names.length)
})

test('a leader whose place to listen is taken already leads on alone, publishes no address, and says so', async (context) => {
  const directory = temporaryDirectory()
  const lock = takeProfileLock(directory.path)
  assert.ok(lock !== undefined)
  const random = { bytes: (length: number) => new Uint8Array(length).fill(5) }
  const address = newAddress(directory.path, random)
  assert.ok(address !== undefined)
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(address, resolve))
  const log = new RecordingLog()
  const init = { clock: nodeClock, random, log, directory: directory.path, epoch: 1, key: async () => key }
  const server = await openWindowServer(init)
  context.after(() => {
    server.close()
    squatter.close()
    lock.dispose()
    directory.dispose()
  })
  assert.equal(readAddress(directory.path), undefined)
  assert.ok(log.entries.some(({ message }) => message.startsWith('Other windows cannot attach')))
})
