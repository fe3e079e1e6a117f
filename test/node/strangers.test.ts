/** What strangers can cost on real sockets: half-said things, slow ones, and very many of them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { it } from 'node:test'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type HyperDHT from 'hyperdht'
import fc from 'fast-check'
import type { Connection } from '../../src/core/ports/transport.ts'
import { HandshakeLimits, maxUnprovenPerCaller, unprovenLimitMs } from '../../src/node/handshakeLimits.ts'
import { HyperdhtListener } from '../../src/node/hyperdhtListener.ts'
import { closed, freshKeyPair, opened } from '../contract/transportContract.ts'
import { FakeClock } from '../doubles/fakeClock.ts'
import { count } from '../record/tally.ts'
import { buffers, useLoopbackNodes } from './loopbackNodes.ts'

const megabyte = 1024 * 1024

const world = useLoopbackNodes()
const { log, ownNode, start } = world

/** Connections that a listener has got so far, and those that are still to come. */
class Arrivals {
  readonly all: Connection[] = []
  #wake: () => void = () => undefined

  readonly take = (connection: Connection): void => {
    connection.onMessage = () => undefined
    this.all.push(connection)
    this.#wake()
  }

  async reach(count: number): Promise<void> {
    while (this.all.length < count)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
  }
}

/** Somebody who is let in on a listener whose time a test moves. */
async function letIn(
  streams: number,
): Promise<{ clock: FakeClock; arrivals: Arrivals; raw: NoiseSecretStream[]; dial: () => NoiseSecretStream }> {
  const clock = new FakeClock()
  const transport = await start({ clock })
  const [own, caller] = [freshKeyPair(), freshKeyPair()]
  const arrivals = new Arrivals()
  await transport.listen({ keyPair: own, isAllowed: () => true, onConnection: arrivals.take })
  const node = ownNode()
  const dial = (): NoiseSecretStream => {
    const stream = node.connect(Buffer.from(own.publicKey), { keyPair: buffers(caller) })
    stream.on('error', () => undefined)
    return stream
  }
  const raw = Array.from({ length: streams }, dial)
  await Promise.all(raw.map((stream) => once(stream, 'open')))
  await arrivals.reach(streams)
  return { clock, arrivals, raw, dial }
}

/** The beginning of a frame of as many bytes as a frame may have. */
const forgedLength = Buffer.from([0x11, 0x00, 0x01])

it('a forged length and then silence costs less than a megabyte and ends within 30 seconds, for every slot', async (context) => {
  const { clock, arrivals, raw, dial } = await letIn(maxUnprovenPerCaller)
  let allocated = 0
  const allocate = Buffer.allocUnsafe.bind(Buffer)
  context.mock.method(Buffer, 'allocUnsafe', (size: number) => {
    allocated += size
    return allocate(size)
  })
  const ends = arrivals.all.map(closed)
  const before = arrivals.all.map(({ bytesIn }) => bytesIn)
  for (const stream of raw) stream.rawStream?.write(forgedLength)
  count({ badInputs: raw.length })
  while (arrivals.all.some(({ bytesIn }, i) => bytesIn === before[i]))
    await new Promise((resolve) => setImmediate(resolve))
  await clock.advance(30_000)
  await Promise.all(ends)
  assert.ok(allocated < megabyte, `${String(allocated)} bytes`)

  await once(dial(), 'open')
  await arrivals.reach(maxUnprovenPerCaller + 1)
})

it('somebody who sends one byte a second frees its slot all the same', async () => {
  const { clock, arrivals, raw, dial } = await letIn(maxUnprovenPerCaller)
  const ends = arrivals.all.map(closed)
  const seconds = unprovenLimitMs / 1000
  for (let second = 0; second < seconds; second++) {
    for (const stream of raw) stream.rawStream?.write(Buffer.from([second === 0 ? 200 : 0]))
    await clock.advance(1000)
  }
  count({ badInputs: raw.length * seconds })
  await Promise.all(ends)
  await once(dial(), 'open')
  await arrivals.reach(maxUnprovenPerCaller + 1)
})

it('contacts still connect while sixty strangers a second try, for ten seconds', async () => {
  const listener = await start()
  const own = freshKeyPair()
  const contacts = Array.from({ length: 4 }, freshKeyPair)
  const known = new Set(contacts.map(({ publicKey }) => Buffer.from(publicKey).toString('hex')))
  let strangers = 0
  await listener.listen({
    keyPair: own,
    isAllowed: (key) => known.has(Buffer.from(key).toString('hex')) || (strangers++, false),
    onConnection: (connection) => {
      connection.onMessage = () => undefined
    },
  })
  const crowd = [ownNode(), ownNode()]
  const streams: NoiseSecretStream[] = []
  const dialler = await start()
  const timer = setInterval(() => {
    for (let i = 0; i < 6; i++) {
      const node = crowd[i % 2] as HyperDHT
      const stream = node.connect(Buffer.from(own.publicKey), { keyPair: buffers(freshKeyPair()) })
      stream.on('error', () => undefined)
      streams.push(stream)
    }
  }, 100)
  try {
    // A dial that takes longer than 14 s has failed: that is the bound, however slow the machine.
    while (streams.length < 600)
      for (const contact of contacts) opened(await dialler.dial(own.publicKey, contact)).destroy()
  } finally {
    clearInterval(timer)
    for (const stream of streams) stream.destroy()
  }
  count({ badInputs: streams.length })
  assert.ok(strangers >= 60, `${String(strangers)} strangers got as far as the question`)
})

it('decides on the key alone, whatever address and payload a caller claims', async () => {
  let ask: (key: Buffer, ...claims: readonly unknown[]) => boolean = () => false
  const node = {
    createServer: (options: { readonly firewall: typeof ask }) => {
      ask = options.firewall
      return { on: () => undefined, listen: () => Promise.resolve(), close: () => Promise.resolve() }
    },
  }
  const friend = freshKeyPair()
  const limits = new HandshakeLimits(new FakeClock())
  const listener = new HyperdhtListener({
    keyPair: freshKeyPair(),
    isAllowed: (key) => Buffer.from(key).equals(friend.publicKey),
    limits,
    shareLanAddresses: false,
    log,
    isChosenRelay: () => false,
    onStream: () => undefined,
  })
  await listener.open(node as unknown as HyperDHT)
  const [friendly, strange] = [Buffer.from(friend.publicKey), Buffer.from(freshKeyPair().publicKey)]
  fc.assert(
    fc.property(fc.anything(), fc.record({ host: fc.ipV4(), port: fc.nat(65_535) }), (payload, address) => {
      count({ badInputs: 2 })
      assert.equal(ask(strange, payload, address), true)
      assert.equal(ask(friendly, payload, address), false)
      limits.prove(friendly)
    }),
  )
})
