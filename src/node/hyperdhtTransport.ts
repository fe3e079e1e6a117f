import type NoiseSecretStream from '@hyperswarm/secret-stream'
import HyperDHT from 'hyperdht'
import { toHex } from '../core/codec/bytes.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { DialResult, KeyPair, ListenOptions, Transport, TransportStatus } from '../core/ports/transport.ts'
import { type Disposable, Emitter } from '../shared/disposable.ts'
import { type BootstrapNode, bootstrapNodes } from './bootstrapNodes.ts'
import { dialHyperdht } from './dialHyperdht.ts'
import { HandshakeLimits, unprovenLimitMs } from './handshakeLimits.ts'
import { HyperdhtConnection } from './hyperdhtConnection.ts'
import { HyperdhtListener } from './hyperdhtListener.ts'
import { isLoopback } from './ipv4.ts'
import { isInterfaceUp, type NetworkFacts, networkCondition } from './networkCondition.ts'
import { nodeClock } from './nodeClock.ts'

export interface HyperdhtOptions {
  /** The nodes first asked; HyperDHT's public ones where this is left out. */
  readonly bootstrap?: readonly BootstrapNode[]
  /** The address to bind: `127.0.0.1` keeps everything on this machine. */
  readonly host?: string
  /** Only nodes of the local network are asked, and the public ones never. */
  readonly lanOnly: boolean
  /** Whether peers are told the addresses of this machine's interfaces, for a direct path within a network. */
  readonly shareLanAddresses: boolean
  readonly log: Log
  readonly clock?: Clock
}

/** How long taking back announcements may hold up the end. */
const farewellLimitMs = 1500
/** A change of network comes as a burst of events; this long after the first it is told once. */
const wakeDelayMs = 300

/** A node of HyperDHT. Nothing happens before `start`. */
export class HyperdhtTransport implements Transport {
  readonly #options: HyperdhtOptions
  readonly #log: Log
  readonly #clock: Clock
  readonly #limits: HandshakeLimits
  readonly #listeners = new Map<string, HyperdhtListener>()
  readonly #closings = new Map<string, Promise<void>>()
  readonly #connections = new Set<{ destroy(): void }>()
  readonly #statusChanged: Emitter<TransportStatus>
  readonly #woke: Emitter<void>
  readonly onDidChangeStatus
  readonly onDidWake
  #node: HyperDHT | undefined
  #state: NetworkFacts['state'] = 'new'
  #transition: Promise<void> = Promise.resolve()
  #starting: Promise<void> | undefined
  #waking: Disposable | undefined
  #status: TransportStatus = { online: false, bootstrapped: false, reason: 'starting' }

  constructor(options: HyperdhtOptions) {
    this.#options = options
    this.#log = options.log
    this.#clock = options.clock ?? nodeClock
    this.#limits = new HandshakeLimits(this.#clock)
    const onError = (error: unknown): void => this.#log.error('A listener of the transport failed', error)
    this.#statusChanged = new Emitter<TransportStatus>(onError)
    this.#woke = new Emitter<void>(onError)
    this.onDidChangeStatus = this.#statusChanged.event
    this.onDidWake = this.#woke.event
  }

  get status(): TransportStatus {
    return this.#status
  }

  start(): Promise<void> {
    this.#starting ??= this.#serially(async () => {
      if (this.#state !== 'new') return
      this.#state = 'running'
      await this.#openNode()
    })
    return this.#starting
  }

  async listen(options: ListenOptions): Promise<Disposable> {
    if (this.#state === 'disposed') throw new Error('The transport is disposed')
    const key = toHex(options.keyPair.publicKey)
    if (this.#listeners.has(key)) throw new Error('This key is listened on already')
    const listener = new HyperdhtListener({
      options,
      limits: this.#limits,
      shareLanAddresses: this.#options.shareLanAddresses,
      log: this.#log,
      onStream: (stream) => this.#accept(stream, options),
    })
    this.#listeners.set(key, listener)
    await this.#closings.get(key)
    if (this.#listeners.get(key) === listener && this.#node !== undefined && this.#state === 'running') {
      await listener.open(this.#node)
    }
    return {
      dispose: () => {
        if (this.#listeners.get(key) !== listener) return
        this.#listeners.delete(key)
        const closing = listener.close().finally(() => this.#closings.delete(key))
        this.#closings.set(key, closing)
      },
    }
  }

  async dial(remotePublicKey: Uint8Array, keyPair: KeyPair): Promise<DialResult> {
    const node = this.#node
    if (this.#state === 'suspended' || this.#state === 'disposed') return { kind: 'failed', why: 'aborted' }
    if (node === undefined) return { kind: 'failed', why: 'network' }
    const answer = await dialHyperdht({
      node,
      remotePublicKey,
      keyPair,
      clock: this.#clock,
      shareLanAddresses: this.#options.shareLanAddresses,
      track: (stream) => this.#track(stream),
    })
    return answer.kind === 'open' || this.#isRunning() ? answer : { kind: 'failed', why: 'aborted' }
  }

  suspend(): Promise<void> {
    return this.#serially(async () => {
      if (this.#state !== 'running') return
      this.#state = 'suspended'
      this.#breakConnections()
      this.#update()
      await this.#node?.suspend()
    })
  }

  resume(): Promise<void> {
    return this.#serially(async () => {
      if (this.#state !== 'suspended') return
      if (this.#node !== undefined) await this.#node.resume()
      this.#state = 'running'
      if (this.#node === undefined) await this.#openNode()
      this.#update()
      const node = this.#node
      if (node === undefined) return
      for (const listener of this.#listeners.values()) if (!listener.isOpen) void listener.open(node)
    })
  }

  dispose(): Promise<void> {
    this.#state = 'disposed'
    this.#breakConnections()
    return this.#serially(async () => {
      const node = this.#node
      this.#node = undefined
      const closings = [...this.#listeners.values()].map((listener) => listener.close())
      this.#listeners.clear()
      await this.#atMost(farewellLimitMs, Promise.all([...closings, ...this.#closings.values()]))
      await node?.destroy({ force: true })
      this.#update()
      this.#waking?.dispose()
      this.#limits.dispose()
      this.#statusChanged.dispose()
      this.#woke.dispose()
    })
  }

  async #openNode(): Promise<void> {
    const { host, lanOnly, bootstrap } = this.#options
    const nodes = bootstrapNodes(bootstrap, lanOnly)
    const node = new HyperDHT({
      ...(nodes === undefined ? {} : { bootstrap: nodes }),
      ...(host === undefined ? {} : { host }),
      // Tincan looks up and is found, but never stores or routes for strangers.
      ephemeral: true,
      connectionKeepAlive: false,
    })
    try {
      await node.bind()
    } catch (error) {
      this.#log.error('No UDP socket could be opened', error)
      // A node that never had its sockets gives up its own destruction halfway.
      await Promise.allSettled([node.destroy({ force: true }), node.io.networkInterfaces.destroy()])
      this.#update()
      return
    }
    this.#node = node
    for (const event of ['ready', 'network-update', 'add-node', 'remove-node'] as const) {
      node.on(event, () => this.#update())
    }
    for (const event of ['wakeup', 'network-change'] as const) node.on(event, () => this.#wake())
    this.#update()
    for (const listener of this.#listeners.values()) void listener.open(node)
  }

  #accept(stream: NoiseSecretStream, options: ListenOptions): void {
    this.#track(stream)
    const { remotePublicKey } = stream
    const limit = this.#clock.after(unprovenLimitMs, () => stream.destroy())
    let isProven = false
    const prove = (): void => {
      if (isProven) return
      isProven = true
      limit.dispose()
      this.#limits.prove(remotePublicKey)
    }
    stream.once('close', prove)
    const connection = new HyperdhtConnection(stream, this.#clock, prove)
    try {
      options.onConnection(connection)
    } catch (error) {
      this.#log.error('A new connection could not be taken', error)
      connection.destroy()
    }
  }

  /** Keeps a stream, so that suspending ends it, until it has closed. */
  #track(stream: NoiseSecretStream): void {
    this.#connections.add(stream)
    stream.once('close', () => this.#connections.delete(stream))
  }

  #breakConnections(): void {
    for (const connection of [...this.#connections]) connection.destroy()
  }

  #isRunning(): boolean {
    return this.#state === 'running'
  }

  #wake(): void {
    this.#update()
    if (!this.#isRunning() || this.#waking !== undefined) return
    this.#waking = this.#clock.after(wakeDelayMs, () => {
      this.#waking = undefined
      this.#update()
      if (this.#isRunning()) this.#woke.fire()
    })
  }

  #update(): void {
    const node = this.#node
    const answers = node?.stats.requests.responses ?? 0
    const next = networkCondition({
      state: this.#state,
      isInterfaceUp: isLoopback(this.#options.host ?? '') || isInterfaceUp(),
      isBound: node !== undefined,
      hasQueried: node?.bootstrapped === true,
      wasAnswered: answers > 0,
      isAnswered: answers > 0 && node?.online === true && node.nodes.length > 0,
    })
    const { online, bootstrapped, reason } = this.#status
    if (next.online === online && next.bootstrapped === bootstrapped && next.reason === reason) return
    this.#status = next
    this.#statusChanged.fire(next)
  }

  /** Starting, suspending, resuming and disposing never overlap. */
  #serially(work: () => Promise<void>): Promise<void> {
    this.#transition = this.#transition.then(work, work)
    return this.#transition
  }

  #atMost(limitMs: number, work: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const limit = this.#clock.after(limitMs, resolve)
      void work.finally(() => {
        limit.dispose()
        resolve()
      })
    })
  }
}
