/** A bare HyperDHT node in a process of its own: what everything else is measured against. */
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import DHT from 'hyperdht'
import { randomKeyPair } from '../headless/randomKeyPair.ts'
import { exposeHandlers } from './control.ts'
import { readIdleMemory, readLoopDelay, readPeakMemory, sharedClockMs, startLoopDelay } from './gauges.ts'

const messageBytes = 200
const mostDials = 10
let node: DHT | undefined
let socket: NoiseSecretStream | undefined
let received = 0
let expected = 0
let onReceived: () => void = () => undefined
let onLost: (why: Error) => void = () => undefined

function open(bootstrap: readonly { host: string; port: number }[]): DHT {
  node = new DHT({ bootstrap: [...bootstrap], host: '127.0.0.1' })
  return node
}

const handlers = {
  /** A node that listens, echoes messages that begin with 1 and acknowledges a flood at its end. */
  listen: async ({ bootstrap }: { bootstrap: readonly { host: string; port: number }[] }): Promise<Uint8Array> => {
    const server = open(bootstrap).createServer({})
    server.on('connection', (connection) => {
      connection.on('error', () => undefined)
      connection.on('data', (data: Uint8Array) => {
        if (data[0] === 1) connection.write(data)
        else if (data[0] === 2) {
          expected = new DataView(data.buffer, data.byteOffset).getUint32(1)
          received = 0
        } else if (++received === expected) connection.write(Buffer.of(3))
      })
    })
    const keyPair = randomKeyPair()
    await server.listen(keyPair)
    return keyPair.publicKey
  },
  /** A node that dials, anew if that fails, as whoever waits for a contact would; the milliseconds until the first echo came back. */
  connect: async (params: {
    bootstrap: readonly { host: string; port: number }[]
    publicKey: Uint8Array
  }): Promise<number> => {
    const dht = node ?? open(params.bootstrap)
    socket?.destroy()
    const start = sharedClockMs()
    for (let dialled = 1; ; dialled++) {
      try {
        socket = dial(dht, params.publicKey)
        await echo(socket)
        return sharedClockMs() - start
      } catch (error) {
        if (dialled === mostDials) throw error
      }
    }
  },
  /** Round trips of `count` echoes of 200 bytes in milliseconds, one after the other with `pauseMs` in between. */
  echo: async ({ count, pauseMs }: { count: number; pauseMs: number }): Promise<number[]> => {
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      if (pauseMs > 0) await delay(pauseMs)
      const start = sharedClockMs()
      await echo(required())
      times.push(sharedClockMs() - start)
    }
    return times
  },
  /** Milliseconds until `count` messages of 200 bytes, or of so many, have arrived, and the other side has said so. */
  flood: async ({ count, bytes = messageBytes }: { count: number; bytes?: number }): Promise<number> => {
    const connection = required()
    const start = sharedClockMs()
    const arrived = nextReceived()
    const announcement = Buffer.alloc(5, 2)
    announcement.writeUInt32BE(count, 1)
    connection.write(announcement)
    for (let i = 0; i < count; i++) {
      if (!connection.write(Buffer.alloc(bytes))) {
        await Promise.race([once(connection, 'drain'), arrived])
      }
    }
    await arrived
    return sharedClockMs() - start
  },
  /** Milliseconds that each of `count` transactions of one small row takes until it is on the disk of `directory`. */
  commit: ({ directory, count }: { directory: string; count: number }): number[] => {
    const database = new DatabaseSync(join(directory, 'commits.db'))
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE commits (bytes BLOB)')
    const insert = database.prepare('INSERT INTO commits VALUES (?)')
    const times = Array.from({ length: count }, () => {
      const start = sharedClockMs()
      insert.run(new Uint8Array(300))
      return sharedClockMs() - start
    })
    database.close()
    return times
  },
  watchLoop: (): void => startLoopDelay(),
  loopDelay: () => readLoopDelay(),
  idleMemory: () => readIdleMemory(),
  peakMemory: () => readPeakMemory(),
}

function dial(dht: DHT, publicKey: Uint8Array): NoiseSecretStream {
  const connection = dht.connect(Buffer.from(publicKey), { keyPair: randomKeyPair() })
  const lose = (why: Error): void => {
    if (socket === connection) onLost(why)
  }
  connection.on('error', lose)
  connection.on('close', () => lose(new Error('The plain socket was closed')))
  connection.on('data', () => onReceived())
  return connection
}

/** What comes next over the socket; rejects when it is lost first. */
function nextReceived(): Promise<void> {
  return new Promise((resolve, reject) => {
    onReceived = resolve
    onLost = reject
  })
}

function required(): NoiseSecretStream {
  if (socket === undefined) throw new Error('Not connected')
  return socket
}

async function echo(connection: NoiseSecretStream): Promise<void> {
  const arrived = nextReceived()
  connection.write(Buffer.alloc(messageBytes, 1))
  await arrived
}

/** The type of both ends of the control channel. */
export type RawHandlers = typeof handlers

exposeHandlers(handlers)
