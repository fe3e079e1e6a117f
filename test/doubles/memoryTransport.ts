import { toHex } from '../../src/core/codec/bytes.ts'
import type { DialResult, KeyPair, ListenOptions, Transport, TransportStatus } from '../../src/core/ports/transport.ts'
import { type Disposable, Emitter } from '../../src/shared/disposable.ts'
import type { MemoryNetwork } from './memoryNetwork.ts'

let created = 0

/** A node of a `MemoryNetwork`. */
export class MemoryTransport implements Transport {
  readonly number = ++created
  readonly #network: MemoryNetwork
  readonly #listening = new Map<string, ListenOptions>()
  readonly #statusChanged = new Emitter<TransportStatus>()
  readonly #woke = new Emitter<void>()
  #state: 'new' | 'running' | 'suspended' | 'disposed' = 'new'
  #isOffline = false

  readonly onDidChangeStatus = this.#statusChanged.event
  readonly onDidWake = this.#woke.event

  constructor(network: MemoryNetwork) {
    this.#network = network
  }

  get status(): TransportStatus {
    if (this.#state === 'new') return { online: false, bootstrapped: false, reason: 'starting' }
    if (this.#state !== 'running') return { online: false, bootstrapped: false, reason: 'suspended' }
    if (this.#isOffline) return { online: false, bootstrapped: false, reason: 'offline' }
    return { online: true, bootstrapped: true }
  }

  /** Running and neither suspended nor disposed. */
  get isUp(): boolean {
    return this.#state === 'running'
  }

  get isOffline(): boolean {
    return this.#isOffline
  }

  /** Pulls the plug or puts it back: open connections fall silent, dials fail with `network`. */
  setOffline(isOffline: boolean): void {
    this.#isOffline = isOffline
    this.#network.changed()
    this.#tell()
  }

  /** The machine wakes up, or is on another network. */
  wake(): void {
    this.#woke.fire()
  }

  /** The keys it is found under now, as hex. */
  get listeningKeys(): readonly string[] {
    return [...this.#listening.keys()]
  }

  async start(): Promise<void> {
    if (this.#state === 'disposed') throw new Error('The transport is disposed')
    if (this.#state !== 'new') return
    this.#state = 'running'
    this.#tell()
  }

  async listen(options: ListenOptions): Promise<Disposable> {
    if (this.#state === 'disposed') throw new Error('The transport is disposed')
    const key = toHex(options.keyPair.publicKey)
    if (this.#listening.has(key)) throw new Error('This key is listened on already')
    this.#listening.set(key, options)
    return {
      dispose: () => {
        if (this.#listening.get(key) === options) this.#listening.delete(key)
      },
    }
  }

  dial(remotePublicKey: Uint8Array, keyPair: KeyPair): Promise<DialResult> {
    if (this.#state !== 'running') {
      return Promise.resolve({ kind: 'failed', why: this.#state === 'new' ? 'network' : 'aborted' })
    }
    return new Promise((resolve) => {
      this.#network.connect(this, remotePublicKey, keyPair, (result) => {
        resolve(typeof result === 'string' ? { kind: 'failed', why: result } : { kind: 'open', connection: result })
      })
    })
  }

  async suspend(): Promise<void> {
    if (this.#state !== 'running') return
    this.#state = 'suspended'
    this.#network.closeAll(this)
    this.#tell()
  }

  async resume(): Promise<void> {
    if (this.#state !== 'suspended') return
    this.#state = 'running'
    this.#tell()
  }

  async dispose(): Promise<void> {
    if (this.#state === 'disposed') return
    this.#state = 'disposed'
    this.#network.closeAll(this)
    this.#network.remove(this)
    this.vanish()
  }

  /** Called by the network: who listens on this key (hex), if that is this node and it can be found now. */
  listeningOn(key: string): ListenOptions | undefined {
    return this.isUp ? this.#listening.get(key) : undefined
  }

  /** Called by the network when this node's process dies: it is silent from now on. */
  vanish(): void {
    this.#state = 'disposed'
    this.#listening.clear()
    this.#statusChanged.dispose()
    this.#woke.dispose()
  }

  #tell(): void {
    this.#statusChanged.fire(this.status)
  }
}
