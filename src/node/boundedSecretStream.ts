import NoiseSecretStream from '@hyperswarm/secret-stream'
import { maxPacketBytes } from '../core/ports/transport.ts'
import { FrameAssembly, prefixBytes } from './frameAssembly.ts'
import { MessageMemory } from './messageMemory.ts'
import { OutgoingMemory } from './outgoingMemory.ts'
import { SocketMemory } from './socketMemory.ts'

const tagBytes = 1
const authenticatorBytes = 16
/** What the stream adds to a message behind the prefix. */
const overheadBytes = tagBytes + authenticatorBytes
const maxWrappedBytes = prefixBytes + maxPacketBytes + overheadBytes

if (!Object.hasOwn(NoiseSecretStream.prototype, '_onrawdata')) {
  throw new Error('This version of @hyperswarm/secret-stream parses its input elsewhere: its frames would be unbounded')
}

/**
 * A secret stream that breaks off when the other side announces a frame that no message of ours can need. Long messages in
 * both directions go through memory that is used again.
 */
export class BoundedSecretStream extends NoiseSecretStream {
  readonly #incoming = new MessageMemory(maxWrappedBytes)
  readonly #frames = new FrameAssembly(maxPacketBytes + overheadBytes, (size) => this.#incoming.take(size))
  readonly #outgoing = new OutgoingMemory(maxWrappedBytes, () => this.flush())
  #socket: SocketMemory | undefined

  /** A message that was received is needed no more, and nothing of it: the next one may come in its place. */
  release(message: Uint8Array): void {
    this.#incoming.release(message)
  }

  override alloc(size: number): Buffer {
    const wrapped = this.#outgoing.take(prefixBytes + size + overheadBytes)
    this._outgoingWrapped = wrapped
    this._outgoingPlain = wrapped.subarray(prefixBytes + tagBytes, prefixBytes + tagBytes + size)
    return this._outgoingPlain
  }

  override write(message: Uint8Array): boolean {
    const hasRoom = super.write(message)
    this.#outgoing.sent(message)
    return hasRoom
  }

  protected override _onrawdata(data: Buffer): void {
    if (this.rawStream !== null) this.#socket ??= new SocketMemory(this.rawStream, maxWrappedBytes)
    const isBounded = this.#frames.take(data, (frame) => {
      if (!this.destroying) super._onrawdata(frame)
    })
    if (!isBounded) this.destroy(new Error('The other side announced a frame over the limit'))
    this.#socket?.read(data, this.#frames.isAtBorder)
  }
}
