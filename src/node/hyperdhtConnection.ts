import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Clock } from '../core/ports/clock.ts'
import { type Connection, maxPacketBytes } from '../core/ports/transport.ts'
import type { Disposable } from '../shared/disposable.ts'
import type { Route } from '../shared/service.ts'
import { BoundedSecretStream } from './boundedSecretStream.ts'
import type { PeerClaims } from './directHandshake.ts'
import { routeTo } from './ipv4.ts'

/** An `end` that the other side never confirms closes all the same after this long. */
const endLimitMs = 5000

export interface ConnectionInit {
  readonly stream: NoiseSecretStream
  readonly clock: Clock
  /** What the other side said in the handshake. */
  readonly claims: PeerClaims
  /** Whether a relay in use is at this address. */
  readonly isRelay: (host: string | null, port: number) => boolean
  /** Called once, when the first message shows that the other side holds its key. */
  readonly onProof?: () => void
}

/**
 * A connection over an open secret stream. Messages given to `onMessage` may be views into larger memory: copy what is
 * kept for long. A message given to `send` must not be changed afterwards.
 */
export class HyperdhtConnection implements Connection {
  readonly isInitiator: boolean
  readonly handshakeHash: Uint8Array
  readonly localPublicKey: Uint8Array
  readonly remotePublicKey: Uint8Array
  onClose: () => void = () => undefined
  onDrain: () => void = () => undefined

  readonly #stream: NoiseSecretStream
  readonly #clock: Clock
  readonly #claims: PeerClaims
  readonly #isRelay: ConnectionInit['isRelay']
  readonly #onProof: () => void
  #onMessage: ((message: Uint8Array) => void) | undefined
  #endLimit: Disposable | undefined
  #isWritable = true

  constructor({ stream, clock, claims, isRelay, onProof = () => undefined }: ConnectionInit) {
    this.#stream = stream
    this.#claims = claims
    this.#isRelay = isRelay
    this.#onProof = onProof
    this.#clock = clock
    this.isInitiator = stream.isInitiator
    this.handshakeHash = new Uint8Array(stream.handshakeHash)
    this.localPublicKey = new Uint8Array(stream.publicKey)
    this.remotePublicKey = new Uint8Array(stream.remotePublicKey)
    // A stream that fails is closed: whoever holds the connection learns it from `onClose`.
    stream.on('error', () => undefined)
    stream.on('drain', () => this.onDrain())
    stream.on('end', () => this.end())
    stream.on('close', () => {
      this.#isWritable = false
      this.#endLimit?.dispose()
      this.onClose()
    })
  }

  /** A connection that began through a relay may find a direct path later. */
  get route(): Route {
    const { remoteHost, remotePort } = this.#remote
    if (this.#claims.hasRelay && this.#isRelay(remoteHost, remotePort)) return 'relayed'
    return routeTo(remoteHost ?? '')
  }

  /** Only where it has been seen: nobody can send this machine to an address of somebody else. */
  get remoteAddress(): string | undefined {
    const { remoteHost } = this.#remote
    if (this.route === 'relayed') return undefined
    const found = this.#claims.addresses.find(({ host, port }) => host === remoteHost && port > 0 && port < 65_536)
    return found && `${found.host}:${found.port}`
  }

  get rttMs(): number {
    return this.#stream.rawStream?.rtt ?? 0
  }

  get bytesIn(): number {
    return this.#stream.rawStream?.bytesReceived ?? 0
  }

  get bytesOut(): number {
    return this.#stream.rawStream?.bytesTransmitted ?? 0
  }

  get onMessage(): (message: Uint8Array) => void {
    return this.#onMessage ?? (() => undefined)
  }

  /** The stream does not flow before somebody listens: until then the other side is held back. */
  set onMessage(listener: (message: Uint8Array) => void) {
    const isFirst = this.#onMessage === undefined
    this.#onMessage = listener
    if (!isFirst) return
    this.#stream.once('data', this.#onProof)
    this.#stream.on('data', (message: Buffer) => this.#onMessage?.(message))
  }

  get #remote(): { readonly remoteHost: string | null; readonly remotePort: number } {
    return this.#stream.rawStream ?? { remoteHost: null, remotePort: 0 }
  }

  allocate(size: number): Uint8Array {
    return this.#stream.alloc(size)
  }

  release(message: Uint8Array): void {
    if (this.#stream instanceof BoundedSecretStream) this.#stream.release(message)
  }

  send(message: Uint8Array): boolean {
    if (message.length > maxPacketBytes) throw new Error('The message is longer than a packet may be')
    return this.#isWritable && this.#stream.write(message)
  }

  end(): void {
    if (!this.#isWritable) return
    this.#isWritable = false
    this.#stream.end()
    this.#endLimit = this.#clock.after(endLimitMs, () => this.destroy())
  }

  destroy(): void {
    this.#isWritable = false
    this.#stream.destroy()
  }
}
