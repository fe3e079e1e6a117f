import type { Clock } from '../../src/core/ports/clock.ts'
import { type Connection, maxPacketBytes } from '../../src/core/ports/transport.ts'
import type { Disposable } from '../../src/shared/disposable.ts'
import type { Route } from '../../src/shared/service.ts'

/** What the network decides about a connection's two directions. */
export interface Wire {
  readonly clock: Clock
  /** Whether bytes pass at the moment. What does not pass is kept and passes later, as retransmission would have it. */
  readonly isPassing: () => boolean
  /** How long the next piece is under way. */
  readonly delayMs: () => number
  /** `send` returns false once this many bytes wait. */
  readonly highWaterBytes: number
  /** What arrives in place of a message; itself where this is left out. `held` belongs to the sending end. */
  readonly alter?: (message: Uint8Array, held: { message?: Uint8Array }) => readonly Uint8Array[]
}

export interface ConnectionEnd {
  readonly isInitiator: boolean
  readonly handshakeHash: Uint8Array
  readonly localPublicKey: Uint8Array
  readonly remotePublicKey: Uint8Array
}

/** An end that the other side never confirms closes all the same after this long. */
const endLimitMs = 5000

type Piece = { readonly dueAt: number } & (
  { readonly kind: 'message'; readonly message: Uint8Array } | { readonly kind: 'end' } | { readonly kind: 'reset' }
)

/** One end of a connection in memory. `pair` makes both; nothing is delivered within the call that sends it. */
export class MemoryConnection implements Connection {
  readonly isInitiator: boolean
  readonly handshakeHash: Uint8Array
  readonly localPublicKey: Uint8Array
  readonly remotePublicKey: Uint8Array
  readonly route: Route = 'loopback'
  rttMs = 0
  bytesIn = 0
  bytesOut = 0
  onClose: () => void = () => undefined
  onDrain: () => void = () => undefined

  readonly #wire: Wire
  #other: MemoryConnection | undefined
  readonly #outgoing: Piece[] = []
  #outgoingBytes = 0
  #isPumping = false
  #isEnding = false
  #isClosed = false
  #isDrainOwed = false
  #endLimit: Disposable | undefined
  #lastDueAt = 0
  #onMessage: ((message: Uint8Array) => void) | undefined
  #early: Uint8Array[] = []
  readonly #held: { message?: Uint8Array } = {}

  constructor(end: ConnectionEnd, wire: Wire) {
    this.isInitiator = end.isInitiator
    this.handshakeHash = end.handshakeHash
    this.localPublicKey = end.localPublicKey
    this.remotePublicKey = end.remotePublicKey
    this.#wire = wire
  }

  /** Joins two ends. Before that, what one end sends waits. */
  static join(a: MemoryConnection, b: MemoryConnection): void {
    a.#other = b
    b.#other = a
    a.pump()
    b.pump()
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get onMessage(): (message: Uint8Array) => void {
    return this.#onMessage ?? (() => undefined)
  }

  set onMessage(listener: (message: Uint8Array) => void) {
    this.#onMessage = listener
    if (this.#early.length > 0) this.#wire.clock.defer(() => this.#deliverEarly())
  }

  allocate(size: number): Uint8Array {
    return new Uint8Array(size).fill(0xff)
  }

  /** What is used again after all would be noticed. */
  release(message: Uint8Array): void {
    message.fill(0xee)
  }

  send(message: Uint8Array): boolean {
    if (message.length > maxPacketBytes) throw new Error('The message is longer than a packet may be')
    if (this.#isClosed || this.#isEnding) return false
    this.bytesOut += message.length
    this.#outgoingBytes += message.length
    this.#queue({ kind: 'message', message: message.slice(), dueAt: this.#nextDueAt() })
    const hasRoom = this.#outgoingBytes < this.#wire.highWaterBytes
    if (!hasRoom) this.#isDrainOwed = true
    return hasRoom
  }

  end(): void {
    if (this.#isClosed || this.#isEnding) return
    this.#isEnding = true
    this.#endLimit = this.#wire.clock.after(endLimitMs, () => this.destroy())
    this.#queue({ kind: 'end', dueAt: this.#nextDueAt() })
  }

  destroy(): void {
    if (this.#isClosed) return
    this.#outgoing.length = 0
    this.#queue({ kind: 'reset', dueAt: this.#nextDueAt() })
    this.#close()
  }

  /** The process behind this end is gone: it hears and says nothing any more, not even a farewell. */
  vanish(): void {
    this.#isClosed = true
    this.#endLimit?.dispose()
    this.#outgoing.length = 0
    this.#other = undefined
    this.onClose = () => undefined
  }

  /** This end alone is gone, and knows it: the other side hears nothing of it. */
  lose(): void {
    this.#outgoing.length = 0
    this.#other = undefined
    this.#close()
  }

  /** Delivers what is due; the network calls it when a barrier falls. */
  pump(): void {
    if (this.#isPumping || this.#outgoing.length === 0 || this.#other === undefined || !this.#wire.isPassing()) return
    this.#isPumping = true
    const waitMs = (this.#outgoing[0] as Piece).dueAt - this.#wire.clock.monotonicMs()
    if (waitMs > 0) this.#wire.clock.after(waitMs, () => this.#deliverDue())
    else this.#wire.clock.defer(() => this.#deliverDue())
  }

  #queue(piece: Piece): void {
    this.#outgoing.push(piece)
    this.pump()
  }

  #nextDueAt(): number {
    this.#lastDueAt = Math.max(this.#lastDueAt, this.#wire.clock.monotonicMs() + this.#wire.delayMs())
    return this.#lastDueAt
  }

  #deliverDue(): void {
    this.#isPumping = false
    const now = this.#wire.clock.monotonicMs()
    for (let count = this.#outgoing.length; count > 0 && this.#wire.isPassing(); count--) {
      const piece = this.#outgoing[0]
      if (piece === undefined || piece.dueAt > now) break
      this.#outgoing.shift()
      this.#deliver(piece)
    }
    this.pump()
  }

  #deliver(piece: Piece): void {
    const other = this.#other
    if (piece.kind === 'message') {
      this.#outgoingBytes -= piece.message.length
      const arriving = this.#wire.alter?.(piece.message, this.#held) ?? [piece.message]
      if (other !== undefined) for (const message of arriving) other.#receive(message.slice())
      if (this.#isDrainOwed && this.#outgoingBytes === 0 && !this.#isClosed) {
        this.#isDrainOwed = false
        this.onDrain()
      }
      return
    }
    if (other !== undefined) other.#close()
    if (piece.kind === 'end') this.#close()
  }

  #receive(message: Uint8Array): void {
    if (this.#isClosed) return
    this.bytesIn += message.length
    if (this.#onMessage === undefined || this.#early.length > 0) this.#early.push(message)
    else this.#onMessage(message)
  }

  #deliverEarly(): void {
    const early = this.#early
    this.#early = []
    for (const message of early) if (!this.#isClosed) this.#onMessage?.(message)
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#endLimit?.dispose()
    this.#wire.clock.defer(() => this.onClose())
  }
}
