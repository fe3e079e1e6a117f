import type { Disposable } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/transport.ts'
import { Writer } from '../codec/codec.ts'
import type { Allocate } from '../crypto/primitives.ts'
import { Allowance } from './allowance.ts'
import type { ByeReason, Frame } from './frame.ts'
import { decodeFrame, encodeFrame, encodePartHead } from './frame.ts'
import { costOf, frameAllowance } from './frameCost.ts'
import { decodePacket, encodeLongFrame, encodePackets } from './packet.ts'

/** After this much silence a ping asks whether the other side is there, */
export const pingAfterMs = 5_000
/** and after this much more the link is dead. */
export const deadAfterMs = 5_000
/** The most bytes that wait for somebody who asks and does not listen. */
export const maxBacklogBytes = 4 * 1024 * 1024

/** Who is at the other end, as its hello proved. */
export interface LinkPeer {
  readonly person: PersonId
  readonly device: DeviceId
  readonly incarnation: string
  readonly version: number
}

/** What a link's owner wants to hear. */
export interface LinkListener {
  /** What is in a frame may be kept, except for a part of a file: its bytes are gone when this returns. */
  onFrame(frame: Frame): void
  /** The connection can take more after `isCongested`. */
  onDrain(): void
  /** The other side says more than anybody needs to, and the link is about to close. */
  onFlood(): void
  /** Called once, whoever closed it. */
  onClose(): void
}

/** One for all frames. */
const frameWriter = new Writer(4096)

/** One after the other in the same memory, as it is copied into its packet. */
function* encodeEach(frames: readonly Frame[]): Generator<Uint8Array> {
  for (const frame of frames) yield encodeFrame(frame, frameWriter.reset())
}

/** An authenticated connection between two devices: typed, padded, bounded frames in both directions. */
export class Link {
  readonly peer: LinkPeer
  readonly connection: Connection
  /** When it opened, wall clock. */
  readonly since: number
  readonly #clock: Clock
  readonly #queued: Frame[] = []
  readonly #allowance: Allowance
  #backlogBytes = 0
  #listener: LinkListener | undefined
  #isFlushScheduled = false
  #isCongested = false
  #isClosed = false
  readonly #openedAt: number
  #lastHeard: number
  #pingSentAt: number | undefined
  #rttMs: number | undefined
  #timer: Disposable

  constructor(connection: Connection, peer: LinkPeer, clock: Clock) {
    this.connection = connection
    this.peer = peer
    this.#clock = clock
    this.#allowance = new Allowance(clock, frameAllowance)
    this.since = clock.now()
    this.#openedAt = this.#lastHeard = clock.monotonicMs()
    this.#timer = clock.after(pingAfterMs, () => {
      this.#checkAlive()
    })
    connection.onMessage = (message) => {
      this.#receive(message)
    }
    connection.onClose = () => {
      this.#finish()
    }
    connection.onDrain = () => {
      this.#isCongested = false
      this.#backlogBytes = 0
      this.#listener?.onDrain()
    }
  }

  /** Set once, in the turn in which the link was made. */
  listen(listener: LinkListener): void {
    this.#listener = listener
  }

  get isClosed(): boolean {
    return this.#isClosed
  }
  /** How long it has been open. */
  get ageMs(): number {
    return this.#clock.monotonicMs() - this.#openedAt
  }
  /** The connection's buffers are full: bulk waits for `onDrain`. */
  get isCongested(): boolean {
    return this.#isCongested
  }
  /** Round trip as measured by the last ping, or by the transport. */
  get rttMs(): number {
    return this.#rttMs ?? this.connection.rttMs
  }

  /** Queues a frame, which must not be changed afterwards; what is queued in one turn shares packets. */
  send(frame: Frame): void {
    if (this.#isClosed) return
    this.#queued.push(frame)
    if (this.#isFlushScheduled) return
    this.#isFlushScheduled = true
    void Promise.resolve().then(() => {
      this.flush()
    })
  }

  /** Sends what is queued now. */
  flush(): void {
    this.#isFlushScheduled = false
    if (this.#isClosed || this.#queued.length === 0) return
    for (const packet of this.#encode(this.#queued.splice(0))) {
      if (this.#isCongested) this.#backlogBytes += packet.length
      if (!this.connection.send(packet)) this.#isCongested = true
    }
    if (this.#backlogBytes > maxBacklogBytes) this.#fail()
  }

  #encode(frames: readonly Frame[]): readonly Uint8Array[] {
    const allocate: Allocate = (size) => this.connection.allocate(size)
    const [first] = frames
    if (frames.length > 1 || first?.type !== 'file-part') return encodePackets(encodeEach(frames), allocate)
    return [encodeLongFrame(encodePartHead(first, frameWriter.reset()), first.bytes, allocate)]
  }

  /** Says why, then closes once that is sent. */
  close(reason: ByeReason): void {
    if (this.#isClosed) return
    this.send({ type: 'bye', reason })
    this.flush()
    this.connection.end()
    this.#finish()
  }

  /** Asks at once whether the other side is there: the network changed, or this machine slept. */
  probe(): void {
    if (this.#isClosed) return
    this.#timer.dispose()
    this.#lastHeard = Math.min(this.#lastHeard, this.#clock.monotonicMs() - pingAfterMs)
    this.#checkAlive()
  }

  #receive(message: Uint8Array): void {
    if (this.#isClosed) return
    this.#lastHeard = this.#clock.monotonicMs()
    const frames = decodePacket(message)
    if (frames === undefined) {
      this.#fail()
      return
    }
    let isKept = false
    for (const bytes of frames) {
      // A frame may have ended the link: nothing behind it counts.
      if (this.isClosed) return
      const frame = decodeFrame(bytes)
      if (frame === undefined) {
        this.#fail()
        return
      }
      if (!this.#allowance.take(costOf(frame === 'unknown' ? frame : frame.type))) {
        this.#listener?.onFlood()
        this.close('protocol')
        return
      }
      if (frame === 'unknown') continue
      isKept ||= frame.type !== 'file-part'
      this.#dispatch(frame)
    }
    if (!isKept) this.connection.release(message)
  }

  #dispatch(frame: Frame): void {
    if (frame.type === 'ping') this.send({ type: 'pong', nonce: frame.nonce })
    else if (frame.type === 'pong') {
      if (this.#pingSentAt === undefined) return
      this.#rttMs = this.#clock.monotonicMs() - this.#pingSentAt
      this.#pingSentAt = undefined
    } else if (frame.type === 'bye') {
      this.connection.end()
      this.#finish()
    } else this.#listener?.onFrame(frame)
  }

  #checkAlive(): void {
    if (this.#isClosed) return
    const now = this.#clock.monotonicMs()
    const silence = now - this.#lastHeard
    if (silence >= pingAfterMs + deadAfterMs) {
      this.#fail()
      return
    }
    if (silence >= pingAfterMs && this.#pingSentAt === undefined) {
      this.#pingSentAt = now
      this.send({ type: 'ping', nonce: 0 })
    }
    const wait = silence < pingAfterMs ? pingAfterMs - silence : pingAfterMs + deadAfterMs - silence
    this.#timer = this.#clock.after(Math.max(wait, 100), () => {
      this.#checkAlive()
    })
  }

  /** The other side broke the protocol or is gone. */
  #fail(): void {
    this.connection.destroy()
    this.#finish()
  }

  #finish(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#timer.dispose()
    this.#queued.length = 0
    this.#listener?.onClose()
  }
}
