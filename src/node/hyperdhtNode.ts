import type NoiseSecretStream from '@hyperswarm/secret-stream'
import HyperDHT from 'hyperdht'

/** A node of the DHT that knows its calls to a relay from those to a peer. */
export class HyperdhtNode extends HyperDHT {
  readonly #relayCall: () => HyperDHT.ConnectOptions
  readonly #relays = new Set<NoiseSecretStream>()

  /** `relayCall`: how a relay is called. It is asked only once a handshake has agreed on one. */
  constructor(options: HyperDHT.NodeOptions, relayCall: () => HyperDHT.ConnectOptions) {
    super(options)
    this.#relayCall = relayCall
  }

  /** HyperDHT itself calls relays, and says nothing of how. */
  override connect(remotePublicKey: Buffer, options?: HyperDHT.ConnectOptions): NoiseSecretStream {
    if (options !== undefined) return super.connect(remotePublicKey, options)
    const stream = super.connect(remotePublicKey, this.#relayCall())
    this.#relays.add(stream)
    stream.once('close', () => this.#relays.delete(stream))
    return stream
  }

  /** Whether a relay that is in use now is at this address. */
  isRelay(host: string | null, port: number): boolean {
    return [...this.#relays].some(
      ({ rawStream }) => host !== null && rawStream?.remoteHost === host && rawStream.remotePort === port,
    )
  }
}
