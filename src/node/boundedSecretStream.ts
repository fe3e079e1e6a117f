import NoiseSecretStream from '@hyperswarm/secret-stream'
import { maxPacketBytes } from '../core/ports/transport.ts'
import { FrameLimit } from './frameLimit.ts'

/** What the stream adds to a message: one byte of tag and a 16-byte authenticator. */
const frameOverheadBytes = 17

if (!Object.hasOwn(NoiseSecretStream.prototype, '_onrawdata')) {
  throw new Error('This version of @hyperswarm/secret-stream parses its input elsewhere: its frames would be unbounded')
}

/** A secret stream that breaks off when the other side announces a frame that no message of ours can need. */
export class BoundedSecretStream extends NoiseSecretStream {
  readonly #limit = new FrameLimit(maxPacketBytes + frameOverheadBytes)

  protected override _onrawdata(data: Buffer): void {
    if (this.#limit.accepts(data)) super._onrawdata(data)
    else this.destroy(new Error('The other side announced a frame over the limit'))
  }
}
