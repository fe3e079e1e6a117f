import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Clock } from '../core/ports/clock.ts'
import { type Connection, maxPacketBytes } from '../core/ports/transport.ts'
import type { Disposable } from '../shared/disposable.ts'
import type { Route } from '../shared/service.ts'
import { routeTo } from './ipv4.ts'

/** An `end` that the other side never confirms closes all the same after this long. */
const endLimitMs = 5000

/**
 * A connection over an open secret stream. Messages given to `onMessage` may be views into larger memory: copy what is
 * kept for long. A message given to `send` must not be changed afterwards.
 */
export class HyperdhtConnection implements Connection {
  readonly isInitiator: boolean
  readonly handshakeHash: Uint8Array
  readonly localPublicKey: Uint8Array
  readonly remotePublicKey: Uint8Array
  readonly route: Route
  onClose: () => void = () => undefined
  onDrain: () => void = () => undefined

  readonly #stream: NoiseSecretStream
  readonly #clock: Clock
  readonly #onProof: () => void
  #onMessage: ((message: Uint8Array) => void) | undefined
  #endLimit: Disposable | undefined
  #isWritable = true

  /** `onProof` is called once, when the first message shows that the other side holds its key. */
  constructor(stream: NoiseSecretStream, clock: Clock, onProof: () => void = () => undefined) {
    this.#stream = stream
    this.#onProof = onProof
    this.#clock = clock
    this.isInitiator = stream.isInitiator
    this.handshakeHash = new Uint8Array(stream.handshakeHash)
    this.localPublicKey = new Uint8Array(stream.publicKey)
    this.remotePublicKey = new Uint8Array(stream.remotePublicKey)
    this.route = routeTo(stream.rawStream?.remoteHost ?? '')
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
