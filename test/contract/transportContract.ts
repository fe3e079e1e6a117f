import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { keyPairFromSeed } from '../../src/core/crypto/primitives.ts'
import {
  type Connection,
  type DialResult,
  type KeyPair,
  type ListenOptions,
  maxPacketBytes,
  type Transport,
} from '../../src/core/ports/transport.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'

/** A network of one kind, and nodes on it. */
export interface TransportWorld {
  createTransport(): Transport
  dispose(): Promise<void>
}

/** Keys that nobody else in this run has. */
const random = new SeededRandom(Date.now())
export const freshKeyPair = (): KeyPair => keyPairFromSeed(random.bytes(32))

/** A connection that must have opened. */
export function opened(result: DialResult): Connection {
  if (result.kind === 'failed') assert.fail(`the dial failed: ${result.why}`)
  return result.connection
}

/** Resolves with the first `count` messages, as plain bytes. */
export function received(connection: Connection, count: number): Promise<readonly Uint8Array[]> {
  return new Promise((resolve) => {
    const messages: Uint8Array[] = []
    connection.onMessage = (message) => {
      messages.push(new Uint8Array(message))
      if (messages.length === count) resolve(messages)
    }
  })
}

export function closed(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    connection.onClose = resolve
  })
}

const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill)

/** What every `Transport` does, whatever it is made of. */
export function transportContract(name: string, openWorld: () => Promise<TransportWorld>): void {
  describe(`${name} as a transport`, () => {
    let world: TransportWorld
    const transports: Transport[] = []
    const start = async (): Promise<Transport> => {
      const transport = world.createTransport()
      transports.push(transport)
      await transport.start()
      return transport
    }

    /** Two nodes, and a connection between them. */
    const connect = async (options: Partial<ListenOptions> = {}) => {
      const [a, b] = await Promise.all([start(), start()])
      const [keyA, keyB] = [freshKeyPair(), freshKeyPair()]
      let take: (connection: Connection) => void
      const accepted = new Promise<Connection>((resolve) => {
        take = resolve
      })
      const listening = await b.listen({
        keyPair: keyB,
        isAllowed: () => true,
        onConnection: (connection) => take(connection),
        ...options,
      })
      const near = opened(await a.dial(keyB.publicKey, keyA))
      // What the other side hears first shows that it has the connection at all.
      near.send(bytes(1, 0))
      return { a, b, keyA, keyB, near, far: await accepted, listening }
    }

    before(async () => {
      world = await openWorld()
    })
    after(async () => {
      await Promise.all(transports.map((transport) => transport.dispose()))
      await world.dispose()
    })

    it('is starting, then online and bootstrapped, and says so once', async () => {
      const transport = world.createTransport()
      transports.push(transport)
      assert.deepEqual(transport.status, { online: false, bootstrapped: false, reason: 'starting' })
      const bootstrapped = new Promise<void>((resolve) => {
        transport.onDidChangeStatus((status) => {
          assert.deepEqual(status, transport.status)
          if (status.bootstrapped) resolve()
        })
      })
      await Promise.all([transport.start(), transport.start()])
      await bootstrapped
      assert.deepEqual(transport.status, { online: true, bootstrapped: true })
    })

    it('connects two keys and tells both sides the same of it', async () => {
      const { near, far, keyA, keyB } = await connect()
      assert.equal(near.isInitiator, true)
      assert.equal(far.isInitiator, false)
      assert.equal(near.handshakeHash.length, 64)
      assert.deepEqual(new Uint8Array(far.handshakeHash), new Uint8Array(near.handshakeHash))
      assert.deepEqual(new Uint8Array(near.localPublicKey), keyA.publicKey)
      assert.deepEqual(new Uint8Array(near.remotePublicKey), keyB.publicKey)
      assert.deepEqual(new Uint8Array(far.localPublicKey), keyB.publicKey)
      assert.deepEqual(new Uint8Array(far.remotePublicKey), keyA.publicKey)
      assert.equal(near.route, 'loopback')
    })

    it('gives every connection another handshake hash', async () => {
      const { a, keyA, keyB, near } = await connect()
      const second = opened(await a.dial(keyB.publicKey, keyA))
      assert.notDeepEqual(new Uint8Array(second.handshakeHash), new Uint8Array(near.handshakeHash))
    })

    it('keeps the borders, the order and the bytes of messages, up to the longest, in both directions', async () => {
      const { near, far } = await connect()
      const messages = [1, 2, 1100, 1400, 4096, 65_535, maxPacketBytes, 1].map((length, i) => bytes(length, i))
      const there = received(far, messages.length + 1)
      const back = received(near, messages.length)
      for (const message of messages) near.send(message)
      for (const message of messages) far.send(message)
      assert.deepEqual((await there).slice(1), messages)
      assert.deepEqual(await back, messages)
      assert.ok(near.bytesOut > maxPacketBytes && near.bytesIn > maxPacketBytes)
    })

    it('leaves what was received alone, whatever comes after it, unless it was released', async () => {
      const { near, far } = await connect()
      const count = 60
      const kept: Uint8Array[] = []
      const arrived = new Promise<void>((resolve) => {
        let heard = 0
        far.onMessage = (message) => {
          assert.ok(message.every((byte) => byte === message[0]))
          if (heard % 3 === 0) kept.push(message)
          else far.release(message)
          if (++heard > count) resolve()
        }
      })
      for (let i = 1; i <= count; i++) {
        const message = near.allocate(i % 2 === 0 ? maxPacketBytes : 20_000).fill(i)
        if (near.send(message)) continue
        await new Promise<void>((resolve) => {
          near.onDrain = resolve
        })
      }
      await arrived
      assert.deepEqual(
        kept.map((message) => [message[0], message.every((byte) => byte === message[0])]),
        kept.map((_, i) => [3 * i, true]),
      )
    })

    it('keeps what came before somebody listened', async () => {
      const { near, far } = await connect()
      const nothingYet = received(near, 1)
      for (let i = 1; i <= 20; i++) near.send(bytes(300, i))
      far.send(bytes(1, 9))
      await nothingYet
      const messages = await received(far, 21)
      assert.deepEqual(
        messages.map((message) => message[0]),
        Array.from({ length: 21 }, (_, i) => i),
      )
    })

    it('throws at a message that is one byte too long, and stays open', async () => {
      const { near, far } = await connect()
      assert.throws(() => near.send(bytes(maxPacketBytes + 1, 1)), { name: 'Error' })
      near.send(bytes(3, 3))
      assert.deepEqual(await received(far, 2), [bytes(1, 0), bytes(3, 3)])
    })

    it('asks to wait when much is queued, says when there is room, and loses nothing', async () => {
      const { near, far } = await connect()
      const count = 400
      const arrived = received(far, count + 1)
      let refusals = 0
      for (let i = 0; i < count; i++) {
        if (near.send(bytes(16_000, i & 255))) continue
        refusals++
        await new Promise<void>((resolve) => {
          near.onDrain = resolve
        })
      }
      assert.ok(refusals > 0)
      const messages = await arrived
      assert.deepEqual(
        messages.slice(1).map((message) => [message.length, message[0]]),
        Array.from({ length: count }, (_, i) => [16_000, i & 255]),
      )
    })

    it('sends what is queued before an end, and closes once on both sides', async () => {
      const { near, far } = await connect()
      let closings = 0
      const bothClosed = Promise.all([closed(near), closed(far)]).then(() => closings++)
      const arrived = received(far, 41)
      for (let i = 0; i < 40; i++) near.send(bytes(10_000, i))
      near.end()
      near.end()
      assert.equal(near.send(bytes(1, 1)), false)
      assert.equal((await arrived).length, 41)
      await bothClosed
      assert.equal(closings, 1)
      assert.equal(far.send(bytes(1, 1)), false)
      far.destroy()
    })

    it('closes at once on destroy, and the other side learns of it', async () => {
      const { near, far } = await connect()
      let isWithinTheCall = true
      const bothClosed = Promise.all([
        closed(near).then(() => assert.equal(isWithinTheCall, false)),
        new Promise<void>((resolve) => {
          far.onMessage = () => undefined
          far.onClose = resolve
        }),
      ])
      near.destroy()
      near.destroy()
      isWithinTheCall = false
      await bothClosed
      assert.equal(near.send(bytes(1, 1)), false)
    })

    it('lets nobody in whom isAllowed refuses or fails on, and still lets in whom it allows', async () => {
      const [a, b] = await Promise.all([start(), start()])
      const [friend, stranger, trouble, own] = [freshKeyPair(), freshKeyPair(), freshKeyPair(), freshKeyPair()]
      const is = (key: Uint8Array, pair: KeyPair): boolean => Buffer.from(key).equals(pair.publicKey)
      const callers: Uint8Array[] = []
      let tell: () => void
      const called = new Promise<void>((resolve) => {
        tell = resolve
      })
      await b.listen({
        keyPair: own,
        isAllowed: (key) => {
          if (is(key, trouble)) throw new Error('isAllowed failed')
          return is(key, friend)
        },
        onConnection: ({ remotePublicKey }) => {
          callers.push(remotePublicKey)
          tell()
        },
      })
      const [first, second, third] = await Promise.all([
        a.dial(own.publicKey, stranger),
        a.dial(own.publicKey, trouble),
        a.dial(own.publicKey, friend),
      ])
      // A refusal may be silent, and then looks like absence.
      for (const result of [first, second]) {
        assert.ok(result.kind === 'failed' && (result.why === 'refused' || result.why === 'not-found'), result.kind)
      }
      opened(third).send(bytes(1, 1))
      await called
      assert.deepEqual(
        callers.map((key) => is(key, friend)),
        [true],
      )
    })

    it('does not find a key that nobody listens on', async () => {
      const a = await start()
      assert.deepEqual(await a.dial(freshKeyPair().publicKey, freshKeyPair()), { kind: 'failed', why: 'not-found' })
    })

    it('listens on several keys, drops one and keeps the others', async () => {
      const [a, b] = await Promise.all([start(), start()])
      const [first, second, caller] = [freshKeyPair(), freshKeyPair(), freshKeyPair()]
      const listen = (keyPair: KeyPair) => b.listen({ keyPair, isAllowed: () => true, onConnection: () => undefined })
      const listening = await listen(first)
      await listen(second)
      opened(await a.dial(first.publicKey, caller))
      listening.dispose()
      listening.dispose()
      const [gone, there] = await Promise.all([a.dial(first.publicKey, caller), a.dial(second.publicKey, caller)])
      assert.equal(gone.kind, 'failed')
      opened(there)
      await listen(first)
      opened(await a.dial(first.publicKey, caller))
    })

    it('keeps open connections when their listener is disposed', async () => {
      const { near, far, listening } = await connect()
      listening.dispose()
      near.send(bytes(2, 2))
      assert.deepEqual((await received(far, 2))[1], bytes(2, 2))
    })

    it('refuses to listen on one key twice', async () => {
      const transport = await start()
      const options = { keyPair: freshKeyPair(), isAllowed: () => true, onConnection: () => undefined }
      await transport.listen(options)
      await assert.rejects(transport.listen(options), { name: 'Error' })
    })

    it('is found under a key that it was given before it started', async () => {
      const [a, b] = [await start(), world.createTransport()]
      transports.push(b)
      const keyPair = freshKeyPair()
      await b.listen({ keyPair, isAllowed: () => true, onConnection: () => undefined })
      assert.deepEqual(await b.dial(freshKeyPair().publicKey, freshKeyPair()), { kind: 'failed', why: 'network' })
      await b.start()
      let result = await a.dial(keyPair.publicKey, freshKeyPair())
      for (let i = 0; result.kind === 'failed' && i < 50; i++) {
        result = await a.dial(keyPair.publicKey, freshKeyPair())
      }
      opened(result)
    })

    it('closes its connections and is silent while suspended, and is found again afterwards', async () => {
      const { a, b, keyA, keyB, near, far } = await connect()
      const bothClosed = Promise.all([closed(near), closed(far)])
      far.onMessage = () => undefined
      await b.suspend()
      await b.suspend()
      await bothClosed
      assert.deepEqual(b.status, { online: false, bootstrapped: false, reason: 'suspended' })
      assert.deepEqual(await b.dial(keyA.publicKey, keyB), { kind: 'failed', why: 'aborted' })
      assert.equal((await a.dial(keyB.publicKey, keyA)).kind, 'failed')
      await b.resume()
      await b.resume()
      assert.equal(b.status.online, true)
      let result = await a.dial(keyB.publicKey, keyA)
      for (let i = 0; result.kind === 'failed' && i < 50; i++) result = await a.dial(keyB.publicKey, keyA)
      opened(result)
    })

    it('starts listening after a suspension on keys that were given during it', async () => {
      const [a, b] = await Promise.all([start(), start()])
      const keyPair = freshKeyPair()
      await b.suspend()
      await b.listen({ keyPair, isAllowed: () => true, onConnection: () => undefined })
      await b.resume()
      let result = await a.dial(keyPair.publicKey, freshKeyPair())
      for (let i = 0; result.kind === 'failed' && i < 50; i++) {
        result = await a.dial(keyPair.publicKey, freshKeyPair())
      }
      opened(result)
    })

    it('ends everything on dispose: connections, dials on their way, and what comes later', async () => {
      const { a, b, keyA, keyB, near, far } = await connect({ isAllowed: () => true })
      const bothClosed = Promise.all([closed(near), closed(far)])
      far.onMessage = () => undefined
      const onItsWay = a.dial(freshKeyPair().publicKey, keyA)
      await Promise.all([a.dispose(), a.dispose()])
      await bothClosed
      assert.equal((await onItsWay).kind, 'failed')
      assert.deepEqual(await a.dial(keyB.publicKey, keyA), { kind: 'failed', why: 'aborted' })
      await assert.rejects(a.listen({ keyPair: keyA, isAllowed: () => true, onConnection: () => undefined }))
      await a.dispose()
      await b.dispose()
    })
  })
}
