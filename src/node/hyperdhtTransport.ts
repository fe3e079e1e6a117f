import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { toHex } from '../core/codec/bytes.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Log } from '../core/ports/log.ts'
import type { DialResult, KeyPair, ListenOptions, Transport, TransportStatus } from '../core/ports/transport.ts'
import { type Disposable, Emitter } from '../shared/disposable.ts'
import { type BootstrapNode, bootstrapNodes } from './bootstrapNodes.ts'
import type { PeerClaims } from './directHandshake.ts'
import { HandshakeLimits } from './handshakeLimits.ts'
import { HyperdhtConnection } from './hyperdhtConnection.ts'
import { HyperdhtListener } from './hyperdhtListener.ts'
import type { HyperdhtNode } from './hyperdhtNode.ts'
import { isLoopback } from './ipv4.ts'
import { isInterfaceUp, type NetworkFacts, networkCondition } from './networkCondition.ts'
import { LocalDiscovery } from './localDiscovery.ts'
import { nodeClock } from './nodeClock.ts'
import { nodeRandom } from './nodeRandom.ts'
import { openHyperdhtNode } from './openHyperdhtNode.ts'
import { PathFinder } from './pathFinder.ts'
import { relayCall } from './relayCall.ts'
import { chooseRelay, type ChosenRelay, type RelayKey, relayName } from './relayKey.ts'
import { RelayServer } from './relayServer.ts'
import { settleWithin } from './settleWithin.ts'
import { watchUnproven } from './unprovenStream.ts'

export interface HyperdhtOptions {
  /** The nodes first asked; HyperDHT's public ones where this is left out. */
  readonly bootstrap?: readonly BootstrapNode[]
  /** The address to bind: `127.0.0.1` keeps everything on this machine. */
  readonly host?: string
  /** Only nodes of the local network are asked, and the public ones never. */
  readonly lanOnly: boolean
  /** Whether peers are told the addresses of this machine's interfaces, for a direct path within a network. */
  readonly shareLanAddresses: boolean
  /** Whether to ask the local network for people, and to answer. */
  readonly localDiscovery?: boolean
  /** The relay to go through where no path leads to somebody. */
  readonly relay?: RelayKey
  /** Relays for those who have this key; asked when the node starts. `undefined`: for nobody. */
  readonly offeredRelay?: () => Promise<RelayKey | undefined>
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
  readonly #relay: ChosenRelay | undefined
  readonly #local: LocalDiscovery | undefined
  #relayServer: RelayServer | undefined
  #paths: PathFinder | undefined
  #node: HyperdhtNode | undefined
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
    this.#relay = options.relay && chooseRelay(options.relay)
    this.#local = options.localDiscovery === true ? this.#createLocalDiscovery() : undefined
    const onError = (error: unknown): void => this.#log.error('A listener of the transport failed', error)
    this.#statusChanged = new Emitter<TransportStatus>(onError)
    this.#woke = new Emitter<void>(onError)
    this.onDidChangeStatus = this.#statusChanged.event
    this.onDidWake = this.#woke.event
  }

  get status(): TransportStatus {
    if (this.#relay === undefined && this.#relayServer === undefined) return this.#status
    const uses = this.#relay && relayName(this.#relay.key)
    const offers = this.#relayServer?.status
    return { ...this.#status, relay: { ...(uses && { uses }), ...(offers && { offers }) } }
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
      ...options,
      limits: this.#limits,
      shareLanAddresses: this.#options.shareLanAddresses,
      log: this.#log,
      isChosenRelay: (publicKey) => this.#isChosenRelay(publicKey),
      onStream: (stream, claims) => this.#accept(stream, claims, options),
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

  async dial(remotePublicKey: Uint8Array, keyPair: KeyPair, lastAddress?: string): Promise<DialResult> {
    if (this.#state === 'suspended' || this.#state === 'disposed') return { kind: 'failed', why: 'aborted' }
    if (this.#paths === undefined) return { kind: 'failed', why: 'network' }
    const answer = await this.#paths.find(remotePublicKey, keyPair, lastAddress)
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
      this.#local?.dispose()
      if (this.#relayServer !== undefined) closings.push(this.#relayServer.close())
      const farewell = Promise.all([...closings, ...this.#closings.values()])
      await settleWithin(farewellLimitMs, farewell, this.#clock)
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
    const node = await openHyperdhtNode({
      ...(nodes === undefined ? {} : { bootstrap: nodes }),
      ...(host === undefined ? {} : { host }),
      relayCall: () => relayCall(this.#relay?.key, this.#options.shareLanAddresses),
      log: this.#log,
    })
    if (node === undefined) {
      this.#update()
      return
    }
    this.#node = node
    this.#paths = new PathFinder({
      node,
      relay: this.#relay,
      local: this.#local,
      clock: this.#clock,
      shareLanAddresses: this.#options.shareLanAddresses,
      isChosenRelay: (publicKey) => this.#isChosenRelay(publicKey),
      track: (stream) => this.#track(stream),
    })
    this.#local?.open()
    for (const event of ['ready', 'network-update', 'add-node', 'remove-node'] as const) {
      node.on(event, () => this.#update())
    }
    for (const event of ['wakeup', 'network-change'] as const) node.on(event, () => this.#wake())
    this.#update()
    for (const listener of this.#listeners.values()) void listener.open(node)
    await this.#offerRelay(node)
  }

  async #offerRelay(node: HyperdhtNode): Promise<void> {
    const key = await this.#options.offeredRelay?.()
    if (key === undefined) return
    const { shareLanAddresses, log } = this.#options
    this.#relayServer = new RelayServer({ key, clock: this.#clock, log, shareLanAddresses })
    this.#relayServer.open(node)
  }

  #createLocalDiscovery(): LocalDiscovery {
    return new LocalDiscovery({
      clock: this.#clock,
      random: nodeRandom,
      log: this.#log,
      publicKeys: () => [...this.#listeners.values()].map(({ publicKey }) => publicKey),
      nodePort: () => (this.#isRunning() ? this.#node?.localAddress()?.port : undefined),
    })
  }

  #isChosenRelay(publicKey: Uint8Array): boolean {
    return this.#relay?.is(publicKey, this.#clock.now()) ?? false
  }

  #accept(stream: NoiseSecretStream, claims: PeerClaims, options: ListenOptions): void {
    this.#track(stream)
    const onProof = watchUnproven(stream, this.#limits, this.#clock)
    const isRelay = (host: string | null, port: number): boolean => this.#node?.isRelay(host, port) ?? false
    const connection = new HyperdhtConnection({ stream, clock: this.#clock, claims, isRelay, onProof })
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
      this.#paths?.forget()
      this.#local?.open()
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
}
