import { toHex } from '../../src/core/codec/bytes.ts'
import type { Clock } from '../../src/core/ports/clock.ts'
import type { DialFailure, KeyPair, ListenOptions } from '../../src/core/ports/transport.ts'
import { MemoryConnection, type Wire } from './memoryConnection.ts'
import { MemoryTransport } from './memoryTransport.ts'
import { Meddler } from './mishaps.ts'
import { SeededRandom } from './seededRandom.ts'

export interface MemoryNetworkOptions {
  readonly clock: Clock
  readonly seed?: number
  /** `send` returns false once this many bytes wait on a connection: 64 KiB unless said. */
  readonly highWaterBytes?: number
}

interface OpenPair {
  readonly dialler: MemoryTransport
  readonly listener: MemoryTransport
  readonly ends: readonly [MemoryConnection, MemoryConnection]
}

/**
 * The world between `MemoryTransport`s. A test sets how slow and how unkind it is; the same seed and the same calls
 * give the same course of events.
 */
export class MemoryNetwork {
  readonly clock: Clock
  readonly random: SeededRandom
  /** Does nothing unless a test sets it up to. */
  readonly meddler: Meddler
  /** How long a message or a dial is under way; a value between the two is drawn for each. Order is kept. */
  delayMs: { readonly least: number; readonly most: number } = { least: 0, most: 0 }
  /** The share of dials, from 0 to 1, that fail as `unreachable` although the peer is there. */
  dialLoss = 0
  /** The share of dials, from 0 to 1, that open for the dialler while the listener never learns of them. */
  phantomShare = 0
  /** How many dials were attempted so far. */
  dials = 0

  readonly #highWaterBytes: number
  readonly #transports = new Set<MemoryTransport>()
  readonly #separated = new Set<string>()
  #pairs: OpenPair[] = []

  constructor({ clock, seed = 1, highWaterBytes = 64 * 1024 }: MemoryNetworkOptions) {
    this.clock = clock
    this.random = new SeededRandom(seed)
    this.meddler = new Meddler(new SeededRandom(seed + 1))
    this.#highWaterBytes = highWaterBytes
  }

  /** A new node of this network. */
  createTransport(): MemoryTransport {
    const transport = new MemoryTransport(this)
    this.#transports.add(transport)
    return transport
  }

  /** Breaks every connection between the two, so that both sides see it at once. */
  cut(a: MemoryTransport, b: MemoryTransport): void {
    for (const pair of this.#pairsBetween(a, b)) for (const end of pair.ends) end.destroy()
  }

  /** From now on nothing passes between the two, and neither side is told: open connections just fall silent. */
  separate(a: MemoryTransport, b: MemoryTransport): void {
    this.#separated.add(pairKey(a, b))
  }

  /** Undoes `separate`: what was on its way arrives. */
  rejoin(a: MemoryTransport, b: MemoryTransport): void {
    this.#separated.delete(pairKey(a, b))
    this.changed()
  }

  /** Separates every transport of one side from every one of the other. */
  partition(left: readonly MemoryTransport[], right: readonly MemoryTransport[]): void {
    for (const a of left) for (const b of right) this.separate(a, b)
  }

  /** Ends all partitions. */
  heal(): void {
    this.#separated.clear()
    this.changed()
  }

  /** The connections of `transport` are gone for it alone, as after a sleep: the others hold on to theirs. */
  lose(transport: MemoryTransport): void {
    for (const { dialler, listener, ends } of this.#pairs) {
      if (dialler === transport) ends[0].lose()
      if (listener === transport) ends[1].lose()
    }
  }

  /** The process of `transport` dies on the spot: nobody gets a farewell, its connections fall silent for the others. */
  crash(transport: MemoryTransport): void {
    this.#transports.delete(transport)
    for (const { dialler, listener, ends } of this.#pairs) {
      if (dialler === transport) ends[0].vanish()
      if (listener === transport) ends[1].vanish()
    }
    transport.vanish()
  }

  /** The open connections between two transports. */
  countConnections(a: MemoryTransport, b: MemoryTransport): number {
    return this.#pairsBetween(a, b).length
  }

  /** Called by a transport: tries to connect `dialler` to whoever listens on the key, after a delay. */
  connect(
    dialler: MemoryTransport,
    remotePublicKey: Uint8Array,
    keyPair: KeyPair,
    answer: (result: MemoryConnection | DialFailure) => void,
  ): void {
    this.dials++
    this.#later(() => answer(this.#tryConnect(dialler, remotePublicKey, keyPair)))
  }

  /** Called by a transport that suspends, goes offline or is disposed: closes its connections for both sides. */
  closeAll(transport: MemoryTransport): void {
    for (const { dialler, listener, ends } of this.#pairs) {
      if (dialler === transport) ends[0].destroy()
      if (listener === transport) ends[1].destroy()
    }
  }

  /** Called by a transport that is disposed. */
  remove(transport: MemoryTransport): void {
    this.#transports.delete(transport)
  }

  /** Called when a barrier may have fallen: what waits is looked at again. */
  changed(): void {
    for (const { ends } of this.#pairs) for (const end of ends) end.pump()
  }

  #tryConnect(dialler: MemoryTransport, remotePublicKey: Uint8Array, keyPair: KeyPair): MemoryConnection | DialFailure {
    if (!dialler.isUp) return 'aborted'
    if (dialler.isOffline) return 'network'
    const found = this.#find(remotePublicKey)
    if (found === undefined) return 'not-found'
    const { listener, options } = found
    if (listener.isOffline || this.#isSeparated(dialler, listener)) return 'unreachable'
    if (this.random.fraction() < this.dialLoss) return 'unreachable'
    if (!isAllowed(options, keyPair.publicKey.slice())) return 'refused'
    const isPhantom = this.random.fraction() < this.phantomShare
    return this.#open(dialler, keyPair, isPhantom ? undefined : options, listener, remotePublicKey)
  }

  #open(
    dialler: MemoryTransport,
    keyPair: KeyPair,
    options: ListenOptions | undefined,
    listener: MemoryTransport,
    remotePublicKey: Uint8Array,
  ): MemoryConnection {
    const wire: Wire = {
      clock: this.clock,
      highWaterBytes: this.#highWaterBytes,
      delayMs: () => this.#drawDelay(),
      alter: (message, held) => this.meddler.pass(message, held),
      isPassing: () => !dialler.isOffline && !listener.isOffline && !this.#isSeparated(dialler, listener),
    }
    const handshakeHash = this.random.bytes(64)
    const near = { handshakeHash, localPublicKey: keyPair.publicKey.slice(), remotePublicKey: remotePublicKey.slice() }
    const far = { handshakeHash, localPublicKey: near.remotePublicKey, remotePublicKey: near.localPublicKey }
    const outgoing = new MemoryConnection({ ...near, isInitiator: true }, wire)
    if (options === undefined) return outgoing
    const incoming = new MemoryConnection({ ...far, isInitiator: false }, wire)
    this.#pairs = this.#pairs.filter(({ ends }) => ends.some((end) => !end.isClosed))
    this.#pairs.push({ dialler, listener, ends: [outgoing, incoming] })
    this.#later(() => {
      if (!incoming.isClosed) options.onConnection(incoming)
      MemoryConnection.join(outgoing, incoming)
    })
    return outgoing
  }

  #find(publicKey: Uint8Array): { listener: MemoryTransport; options: ListenOptions } | undefined {
    const key = toHex(publicKey)
    for (const listener of this.#transports) {
      const options = listener.listeningOn(key)
      if (options !== undefined) return { listener, options }
    }
    return undefined
  }

  #pairsBetween(a: MemoryTransport, b: MemoryTransport): readonly OpenPair[] {
    return this.#pairs.filter(
      ({ dialler, listener, ends }) =>
        ends.every((end) => !end.isClosed) && ((dialler === a && listener === b) || (dialler === b && listener === a)),
    )
  }

  #isSeparated(a: MemoryTransport, b: MemoryTransport): boolean {
    return this.#separated.has(pairKey(a, b))
  }

  #drawDelay(): number {
    const { least, most } = this.delayMs
    return most > least ? least + this.random.fraction() * (most - least) : least
  }

  #later(fn: () => void): void {
    const delayMs = this.#drawDelay()
    if (delayMs > 0) this.clock.after(delayMs, fn)
    else this.clock.defer(fn)
  }
}

/** Whoever cannot say whether a caller is allowed does not allow it. */
function isAllowed(options: ListenOptions, remotePublicKey: Uint8Array): boolean {
  try {
    return options.isAllowed(remotePublicKey)
  } catch {
    return false
  }
}

const pairKey = (a: MemoryTransport, b: MemoryTransport): string =>
  a.number < b.number ? `${a.number}-${b.number}` : `${b.number}-${a.number}`
