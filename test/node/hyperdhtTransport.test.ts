import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { it } from 'node:test'
import { promisify } from 'node:util'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type HyperDHT from 'hyperdht'
import NoiseWrap from 'hyperdht/lib/noise-wrap.js'
import { type Connection, maxPacketBytes } from '../../src/core/ports/transport.ts'
import { BoundedSecretStream } from '../../src/node/boundedSecretStream.ts'
import { DirectHandshake } from '../../src/node/directHandshake.ts'
import { HandshakeLimits, maxUnprovenPerCaller, unprovenLimitMs } from '../../src/node/handshakeLimits.ts'
import { HyperdhtListener } from '../../src/node/hyperdhtListener.ts'
import type { HyperdhtOptions } from '../../src/node/hyperdhtTransport.ts'
import { closed, freshKeyPair, opened, received } from '../contract/transportContract.ts'
import { FakeClock } from '../doubles/fakeClock.ts'
import { buffers, useLoopbackNodes } from './loopbackNodes.ts'

/** What HyperDHT takes for the addresses of this machine's interfaces. */
interface LocalAddresses {
  localAddresses(socket: unknown): readonly HyperDHT.Address[]
}

const world = useLoopbackNodes()
const { log, ownNode, start } = world

/**
 * The beginning of a frame of 16 MiB. UDX itself keeps what looks like an unfinished frame back until about 64 KiB of
 * it have come; this is more.
 */
const forgedFrame = Buffer.alloc(100_000, 1)
forgedFrame.set([0xff, 0xff, 0xff])

/** A transport that listens, and a plain HyperDHT stream that has connected to it. */
async function acceptRaw(more: Partial<HyperdhtOptions> = {}): Promise<{ stream: NoiseSecretStream; far: Connection }> {
  const transport = await start(more)
  const keyPair = freshKeyPair()
  let take: (connection: Connection) => void
  const accepted = new Promise<Connection>((resolve) => {
    take = resolve
  })
  await transport.listen({ keyPair, isAllowed: () => true, onConnection: (connection) => take(connection) })
  const stream = ownNode().connect(Buffer.from(keyPair.publicKey), { keyPair: buffers(freshKeyPair()) })
  stream.on('error', () => undefined)
  await once(stream, 'open')
  return { stream, far: await accepted }
}

it('closes a connection at a forged length prefix of 16 MiB, and allocates nothing for it', async (context) => {
  const { stream, far } = await acceptRaw()
  const arrived = received(far, 1)
  stream.write(Buffer.alloc(10))
  await arrived
  const allocations = context.mock.method(Buffer, 'allocUnsafe')
  const gone = closed(far)
  stream.rawStream?.write(forgedFrame)
  await gone
  const largest = Math.max(0, ...allocations.mock.calls.map(({ arguments: [size] }) => size))
  assert.ok(largest < 2 ** 20, `${largest} bytes were allocated`)
})

it('closes a dialled connection at a forged length prefix, too', async () => {
  const keyPair = freshKeyPair()
  const server = ownNode().createServer({})
  server.on('connection', (stream) => {
    stream.on('error', () => undefined)
    stream.on('data', () => stream.rawStream?.write(forgedFrame))
  })
  await server.listen(buffers(keyPair))
  const near = opened(await (await start()).dial(keyPair.publicKey, freshKeyPair()))
  near.onMessage = () => undefined
  const gone = closed(near)
  near.send(new Uint8Array(5))
  await gone
})

it('takes a message at the bound from another program and closes at one byte more', async () => {
  const { stream, far } = await acceptRaw()
  const arrived = received(far, 1)
  stream.write(Buffer.alloc(maxPacketBytes, 7))
  assert.equal((await arrived)[0]?.length, maxPacketBytes)
  const gone = closed(far)
  stream.write(Buffer.alloc(maxPacketBytes + 1))
  await gone
})

it('sends and receives long messages in memory that is used again, and is not told of each packet', async (context) => {
  const [listener, caller] = [await start(), await start()]
  const keyPair = freshKeyPair()
  const count = 200
  const used = { near: new Set<ArrayBufferLike>(), far: new Set<ArrayBufferLike>() }
  let messages = 0
  let whenHeard: () => void
  const heard = new Promise<void>((resolve) => {
    whenHeard = resolve
  })
  const onConnection = (far: Connection): void => {
    far.onMessage = (message) => {
      used.far.add(message.buffer)
      far.release(message)
      if (++messages === count) whenHeard()
    }
  }
  await listener.listen({ keyPair, isAllowed: () => true, onConnection })
  const near = opened(await caller.dial(keyPair.publicKey, freshKeyPair()))
  const allocations = context.mock.method(Buffer, 'allocUnsafe')
  const raw = BoundedSecretStream.prototype as unknown as { _onrawdata(data: Buffer): void }
  const told = context.mock.method(raw, '_onrawdata')
  for (let i = 0; i < count; i++) {
    const message = near.allocate(maxPacketBytes)
    used.near.add(message.buffer)
    if (near.send(message)) continue
    await new Promise<void>((resolve) => {
      near.onDrain = resolve
    })
  }
  await heard
  const long = allocations.mock.calls.filter(({ arguments: [size] }) => size > 16 * 1024)
  assert.ok(used.near.size < count / 2, `${used.near.size} pieces to send`)
  assert.ok(used.far.size < count / 10, `${used.far.size} pieces to receive`)
  assert.ok(long.length < count / 10, `${long.length} pieces in between`)
  assert.ok(told.mock.callCount() < 5 * count, `told ${told.mock.callCount()} times`)
})

it('lets a contact connect while a hundred strangers try at once', async () => {
  const listener = await start()
  const [own, friend] = [freshKeyPair(), freshKeyPair()]
  let strangers = 0
  let whenCrowded: () => void
  const crowded = new Promise<void>((resolve) => {
    whenCrowded = resolve
  })
  await listener.listen({
    keyPair: own,
    isAllowed: (key) => {
      if (Buffer.from(key).equals(friend.publicKey)) return true
      if (++strangers === 60) whenCrowded()
      return false
    },
    onConnection: () => undefined,
  })
  const crowd = [ownNode(), ownNode()]
  const streams = Array.from({ length: 100 }, (_, i) => {
    const stream = (crowd[i % 2] as HyperDHT).connect(Buffer.from(own.publicKey), { keyPair: buffers(freshKeyPair()) })
    stream.on('error', () => undefined)
    return stream
  })
  await crowded
  opened(await (await start()).dial(own.publicKey, friend))
  for (const stream of streams) stream.destroy()
})

it('gives up callers who were let in and never say anything', async () => {
  const clock = new FakeClock()
  const { far } = await acceptRaw({ clock })
  far.onMessage = () => undefined
  let isClosed = false
  const gone = closed(far).then(() => {
    isClosed = true
  })
  await clock.advance(unprovenLimitMs - 1)
  assert.equal(isClosed, false)
  await clock.advance(1)
  await gone
})

it('keeps a caller who has said something, however long it is silent afterwards', async () => {
  const clock = new FakeClock()
  const { stream, far } = await acceptRaw({ clock })
  const first = received(far, 1)
  stream.write(Buffer.from([1]))
  await first
  await clock.advance(10 * unprovenLimitMs)
  const second = received(far, 1)
  stream.write(Buffer.from([2]))
  assert.deepEqual(await second, [new Uint8Array([2])])
})

it('bounds the silent connections that one key can hold', async () => {
  const listener = await start()
  const [own, caller] = [freshKeyPair(), freshKeyPair()]
  let [asked, accepted] = [0, 0]
  let whenFull: () => void
  const full = new Promise<void>((resolve) => {
    whenFull = resolve
  })
  const look = (): void => {
    if (asked === 20 && accepted >= maxUnprovenPerCaller) whenFull()
  }
  await listener.listen({
    keyPair: own,
    isAllowed: () => {
      asked++
      look()
      return true
    },
    onConnection: () => {
      accepted++
      look()
    },
  })
  const node = ownNode()
  const streams = Array.from({ length: 20 }, () => {
    const stream = node.connect(Buffer.from(own.publicKey), { keyPair: buffers(caller) })
    stream.on('error', () => undefined)
    return stream
  })
  await full
  const ended = Promise.all(streams.map((stream) => once(stream, 'close')))
  for (const stream of streams) stream.destroy()
  await ended
  assert.equal(accepted, maxUnprovenPerCaller)
})

it('answers no handshake while far too many come at once, and answers again afterwards', async (context) => {
  const clock = new FakeClock()
  const limits = new HandshakeLimits(clock)
  while (limits.mayCompute());
  let asked = 0
  const keyPair = freshKeyPair()
  const listener = new HyperdhtListener({
    keyPair,
    isAllowed: () => ++asked > 0,
    limits,
    shareLanAddresses: false,
    log,
    isChosenRelay: () => false,
    onStream: () => undefined,
  })
  await listener.open(ownNode())
  const node = ownNode()
  const dial = (): NoiseSecretStream => {
    const stream = node.connect(Buffer.from(keyPair.publicKey), { keyPair: buffers(freshKeyPair()) })
    stream.on('error', () => undefined)
    return stream
  }
  const counted = new Promise<void>((resolve) => {
    const mayCompute = limits.mayCompute.bind(limits)
    context.mock.method(limits, 'mayCompute', () => {
      setImmediate(resolve)
      return mayCompute()
    })
  })
  const refused = dial()
  await counted
  refused.destroy()
  assert.equal(asked, 0)
  await clock.advance(1000)
  await once(dial(), 'open')
  assert.equal(asked, 1)
  await listener.close()
})

it('ignores relays and nodes that the other side of a handshake proposes', () => {
  const [caller, called] = [buffers(freshKeyPair()), buffers(freshKeyPair())]
  const proposal = {
    error: 0,
    firewall: 0,
    holepunch: null,
    addresses4: [],
    addresses6: [],
    udx: { reusableSocket: false, id: 1, seq: 0 },
    secretStream: {},
    relayThrough: { publicKey: Buffer.alloc(32, 1), token: Buffer.alloc(32, 2) },
    relayAddresses: [{ host: '10.1.2.3', port: 99 }],
  }
  const message = new NoiseWrap(caller, called.publicKey).send(proposal)
  const plain = new NoiseWrap(called, null).recv(message)
  assert.ok(plain.relayThrough !== null && plain.relayAddresses !== null)
  const direct = new DirectHandshake(called, null).recv(message)
  assert.deepEqual([direct.relayThrough, direct.relayAddresses], [null, null])
  const isChosen = (publicKey: Uint8Array): boolean => publicKey[0] === 1
  const agreed = new DirectHandshake(called, null, isChosen).recv(message)
  assert.deepEqual(agreed.relayThrough?.publicKey, proposal.relayThrough.publicKey, 'the one that the user has chosen')
  assert.equal(new DirectHandshake(called, null, (key) => !isChosen(key)).recv(message).relayThrough, null)
})

it('remembers where a peer says that its node is only if that is where it comes from', async () => {
  const transport = await start()
  const keyPair = freshKeyPair()
  const places = [
    { host: '10.1.2.3', port: 99 },
    { host: '127.0.0.1', port: 0 },
  ]
  const callWith = async (addresses4: readonly object[]): Promise<string | undefined> => {
    const accepted = new Promise<Connection>((resolve) => {
      take = resolve
    })
    class Claiming extends NoiseWrap {
      override send(payload: object): Buffer {
        return super.send({ ...payload, addresses4 })
      }
    }
    const stream = ownNode().connect(Buffer.from(keyPair.publicKey), {
      keyPair: buffers(freshKeyPair()),
      createHandshake: (own, remotePublicKey) => new Claiming(own, remotePublicKey),
    })
    stream.on('error', () => undefined)
    return (await accepted).remoteAddress
  }
  let take: (connection: Connection) => void = () => undefined
  await transport.listen({ keyPair, isAllowed: () => true, onConnection: (connection) => take(connection) })
  assert.equal(await callWith(places), undefined)
  assert.equal(await callWith([...places, { host: '127.0.0.1', port: 4321 }]), '127.0.0.1:4321')
})

it('gives up a dial after less than 15 seconds', async () => {
  const clock = new FakeClock()
  const transport = await start({ clock })
  const own = freshKeyPair()
  let isAsked: () => void
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  const server = ownNode().createServer({
    firewall: () => {
      isAsked()
      return true
    },
  })
  await server.listen(buffers(own))
  const dial = transport.dial(own.publicKey, freshKeyPair())
  await asked
  await clock.advance(14_000)
  assert.equal((await dial).kind, 'failed')
})

it('says that UDP is blocked when no datagram is ever answered, and that the network fails when dialling', async () => {
  const silent = createSocket('udp4')
  silent.bind(0, '127.0.0.1')
  await once(silent, 'listening')
  const transport = await start({ bootstrap: [{ host: '127.0.0.1', port: silent.address().port }] })
  assert.equal(transport.status.reason, 'starting')
  const blocked = new Promise<void>((resolve) => {
    transport.onDidChangeStatus(({ reason }) => {
      if (reason === 'udp-blocked') resolve()
    })
  })
  await blocked
  assert.deepEqual(await transport.dial(freshKeyPair().publicKey, freshKeyPair()), { kind: 'failed', why: 'network' })
  await transport.dispose()
  silent.close()
})

it('starts without a socket where none can be opened, says so, and tries again on resume', async () => {
  const transport = await start({ host: '192.0.2.1' })
  assert.equal(transport.status.online, false)
  assert.deepEqual(await transport.dial(freshKeyPair().publicKey, freshKeyPair()), { kind: 'failed', why: 'network' })
  await transport.listen({ keyPair: freshKeyPair(), isAllowed: () => true, onConnection: () => undefined })
  await transport.suspend()
  await transport.resume()
  assert.equal(transport.status.online, false)
  await transport.dispose()
})

for (const shareLanAddresses of [true, false])
  it(`tells ${shareLanAddresses ? 'the other side' : 'nobody'} where a machine is on its local network, as the user allows`, async (context) => {
    const holepuncher = createRequire(import.meta.url)('hyperdht/lib/holepuncher.js') as LocalAddresses
    const lan = { host: '127.0.0.2', port: 49_000 }
    context.mock.method(holepuncher, 'localAddresses', () => [lan])
    const [near, far] = await Promise.all([start({ shareLanAddresses }), start({ shareLanAddresses })])
    const told: boolean[] = []
    const recv = Reflect.get(NoiseWrap.prototype, 'recv')
    context.mock.method(NoiseWrap.prototype, 'recv', function (this: NoiseWrap, message: Buffer) {
      const payload = recv.call(this, message)
      told.push((payload.addresses4 ?? []).some(({ host }) => host === lan.host))
      return payload
    })
    const keyPair = freshKeyPair()
    await far.listen({ keyPair, isAllowed: () => true, onConnection: () => undefined })
    opened(await near.dial(keyPair.publicKey, freshKeyPair()))
    assert.ok(told.length >= 2, 'a handshake was heard on each side')
    // Only an address that a machine can bind to is told to a caller; macOS has but one of the loopback.
    const sides = process.platform === 'darwin' ? told.slice(0, 1) : told
    assert.deepEqual(new Set(sides), new Set([shareLanAddresses]))
  })

it('leaves nothing behind that keeps the process alive', async () => {
  const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)
  const script = `
    import { HyperdhtTransport } from ${url('../../src/node/hyperdhtTransport.ts')}
    import { keyPairFromSeed } from ${url('../../src/core/crypto/primitives.ts')}
    const quiet = () => undefined
    const options = { bootstrap: ${JSON.stringify(world.bootstrap)}, host: '127.0.0.1', lanOnly: false,
      shareLanAddresses: true, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } }
    const unbound = new HyperdhtTransport({ ...options, host: '192.0.2.1' })
    await unbound.start()
    await unbound.dispose()
    const [a, b] = [new HyperdhtTransport(options), new HyperdhtTransport(options)]
    const [first, second] = [1, 2].map((fill) => keyPairFromSeed(new Uint8Array(32).fill(fill)))
    await Promise.all([a.start(), b.start()])
    await b.listen({ keyPair: second, isAllowed: () => true, onConnection: () => undefined })
    const result = await a.dial(second.publicKey, first)
    await Promise.all([a.dispose(), b.dispose()])
    console.log(result.kind)
  `
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { timeout: 60_000 })
  assert.equal(stdout.trim(), 'open')
})

it('never logs a key', () => {
  assert.doesNotMatch(log.text, /[0-9a-f]{16}/)
})
