import NoiseWrap, { type NoisePayload } from 'hyperdht/lib/noise-wrap.js'

/**
 * A Noise handshake that takes no directions from the other side: the relays and the DHT nodes it proposes are
 * ignored, so that nobody can make this machine talk to a third one of their choice.
 */
export class DirectHandshake extends NoiseWrap {
  override recv(message: Buffer): NoisePayload {
    const payload = super.recv(message)
    payload.relayThrough = null
    payload.relayAddresses = null
    return payload
  }
}

/** A handshake that is refused before its first, costly computation. */
export class RefusedHandshake extends NoiseWrap {
  override recv(): NoisePayload {
    throw new Error('Too many handshakes at once')
  }
}
