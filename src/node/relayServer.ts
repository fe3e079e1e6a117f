import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { RawStream } from '@hyperswarm/secret-stream'
import { Server } from 'blind-relay'
import { isEqual } from '../core/codec/bytes.ts'
import { listeningDays } from '../core/identity/addressKeys.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { Disposable } from '../shared/disposable.ts'
import type { RelayStatus } from '../shared/service.ts'
import { HandshakeLimits } from './handshakeLimits.ts'
import type { HyperdhtNode } from './hyperdhtNode.ts'
import { HyperdhtListener } from './hyperdhtListener.ts'
import { relayAddress, relayCaller, type RelayKey, relayKeyText } from './relayKey.ts'
import { watchUnproven } from './unprovenStream.ts'

/** Who may be on the line at a time. Each pair that talks through the relay needs two. */
export const maxRelayCallers = 128
/** A caller asks for one pairing; one that asks for ever more is cut off. */
export const maxRelayRequests = 16
const addressCheckMs = 30 * 60 * 1000

export interface RelayServerInit {
  readonly key: RelayKey
  readonly clock: Clock
  readonly log: Log
  readonly shareLanAddresses: boolean
}

/**
 * Lets people who have the relay's key talk through this machine. What passes is encrypted between them with keys that
 * were never here: the relay learns their network addresses, when they talk and how much.
 */
export class RelayServer {
  readonly #init: RelayServerInit
  readonly #listeners = new Map<number, HyperdhtListener>()
  readonly #callers = new Set<NoiseSecretStream>()
  readonly #passing = new Set<RawStream>()
  readonly #caller: Uint8Array
  readonly #limits: HandshakeLimits
  #server: Server | undefined
  #passedBytes = 0
  #timer: Disposable | undefined

  constructor(init: RelayServerInit) {
    this.#init = init
    this.#caller = relayCaller(init.key).publicKey
    this.#limits = new HandshakeLimits(init.clock)
  }

  get status(): NonNullable<RelayStatus['offers']> {
    const passing = [...this.#passing].reduce((sum, { bytesReceived }) => sum + bytesReceived, 0)
    return {
      key: relayKeyText(this.#init.key),
      callers: this.#callers.size,
      bytesPassed: this.#passedBytes + passing,
    }
  }

  /** Listens on the node, today under today's address, and so on. */
  open(node: HyperdhtNode): void {
    this.#server = new Server({ createStream: (options) => node.createRawStream({ ...options, framed: true }) })
    this.#checkAddresses(node)
  }

  /** Takes the addresses back and hangs up. Never rejects. */
  async close(): Promise<void> {
    this.#timer?.dispose()
    this.#limits.dispose()
    this.#server = undefined
    for (const caller of [...this.#callers]) caller.destroy()
    const listeners = [...this.#listeners.values()]
    this.#listeners.clear()
    await Promise.all(listeners.map((listener) => listener.close()))
  }

  #checkAddresses(node: HyperdhtNode): void {
    const { key, clock, log, shareLanAddresses } = this.#init
    this.#timer = clock.after(addressCheckMs, () => this.#checkAddresses(node))
    const days = listeningDays(clock.now())
    for (const [day, listener] of this.#listeners) {
      if (days.includes(day)) continue
      this.#listeners.delete(day)
      void listener.close()
    }
    for (const day of days) {
      if (this.#listeners.has(day)) continue
      const listener = new HyperdhtListener({
        keyPair: relayAddress(key, day),
        isAllowed: (publicKey) => this.#callers.size < maxRelayCallers && isEqual(publicKey, this.#caller),
        limits: this.#limits,
        shareLanAddresses,
        log,
        isChosenRelay: () => false,
        onStream: (stream) => this.#accept(stream),
      })
      this.#listeners.set(day, listener)
      void listener.open(node)
    }
  }

  #accept(stream: NoiseSecretStream): void {
    const server = this.#server
    if (server === undefined) {
      stream.destroy()
      return
    }
    this.#callers.add(stream)
    const prove = watchUnproven(stream, this.#limits, this.#init.clock)
    let requests = 0
    stream.on('error', () => undefined)
    stream.on('data', () => {
      prove()
      if (++requests > maxRelayRequests) stream.destroy()
    })
    stream.once('close', () => this.#callers.delete(stream))
    const session = server.accept(stream, { id: stream.remotePublicKey })
    session.on('error', () => undefined)
    session.on('pair', (_isInitiator, _token, passing) => {
      this.#passing.add(passing)
      passing.once('close', () => {
        this.#passing.delete(passing)
        this.#passedBytes += passing.bytesReceived
      })
    })
  }
}
