import { createSocket, type Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import type { Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { Random } from '../core/ports/random.ts'
import type { Disposable } from '../shared/disposable.ts'
import { encodeAnswer, encodeQuestion, nonceBytes, readAnswer, readQuestion } from './localMessage.ts'

/** Where questions go: an address that routers do not pass on (RFC 2365). */
const group = '239.255.84.67'
/** and the port there. */
export const questionPort = 49_767
/** Whoever is here answers at once. */
const answerLimitMs = 250
/** Questions of all of the network that are looked at in a second. */
const questionsPerSecond = 100

export interface LocalDiscoveryInit {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** The keys that this device listens on now. */
  readonly publicKeys: () => Iterable<Uint8Array>
  /** The port on which this device's node answers; `undefined` while there is none. */
  readonly nodePort: () => number | undefined
}

/** Finds people on the local network without any DHT, and is found. */
export class LocalDiscovery implements Disposable {
  readonly #init: LocalDiscoveryInit
  #door: Socket | undefined
  #isDisposed = false
  #secondBegan = 0
  #questions = 0

  constructor(init: LocalDiscoveryInit) {
    this.#init = init
  }

  /** Listens for questions on all interfaces of now. To be called again when they changed. */
  open(): void {
    if (this.#isDisposed) return
    this.#door?.close()
    const door = createSocket({ type: 'udp4', reuseAddr: true })
    this.#door = door
    door.on('error', (error) => this.#init.log.debug(`Local discovery: ${error.message}`))
    door.on('message', (bytes, { address, port: from }) => this.#onQuestion(bytes, address, from))
    door.bind(questionPort, () => {
      for (const host of ownAddresses()) attempt(() => door.addMembership(group, host))
    })
    door.unref()
  }

  /** Asks the local network for the owner of a key. Resolves to where it answers, or soon to `undefined`. */
  find(publicKey: Uint8Array): Promise<{ readonly host: string; readonly port: number } | undefined> {
    const { clock, random } = this.#init
    const hosts = ownAddresses()
    if (this.#isDisposed || hosts.length === 0) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const nonce = random.bytes(nonceBytes)
      const socket = createSocket('udp4')
      const finish = (found?: { readonly host: string; readonly port: number }): void => {
        limit.dispose()
        attempt(() => socket.close())
        resolve(found)
      }
      const limit = clock.after(answerLimitMs, () => finish())
      socket.on('error', () => finish())
      socket.on('message', (bytes, { address }) => {
        const nodePort = readAnswer(bytes, publicKey, nonce, address)
        if (nodePort !== undefined) finish({ host: address, port: nodePort })
      })
      socket.bind(0, () => {
        for (const host of hosts) {
          attempt(() => {
            socket.setMulticastInterface(host)
            // Before the next interface is chosen, the datagram is with the system: it is sent in this very call.
            socket.send(encodeQuestion(publicKey, nonce, host), questionPort, group, () => undefined)
          })
        }
      })
    })
  }

  dispose(): void {
    this.#isDisposed = true
    this.#door?.close()
    this.#door = undefined
  }

  #onQuestion(bytes: Uint8Array, host: string, from: number): void {
    const { clock, publicKeys, nodePort } = this.#init
    const now = clock.monotonicMs()
    if (now - this.#secondBegan >= 1000) {
      this.#secondBegan = now
      this.#questions = 0
    }
    if (++this.#questions > questionsPerSecond) return
    const answeringPort = nodePort()
    const question = readQuestion(bytes, host, publicKeys())
    if (question === undefined || answeringPort === undefined) return
    for (const own of ownAddresses()) {
      const answer = encodeAnswer(question.publicKey, question.nonce, own, answeringPort)
      // One of these is the address that the asker sees; the others mean nothing to it.
      this.#door?.send(answer, from, host, () => undefined)
    }
  }
}

/** The IPv4 addresses of the interfaces that lead off this machine. */
function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
}

/** An interface may be gone since it was listed. */
function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // The others are tried all the same.
  }
}
