import type HyperDHT from 'hyperdht'
import NoiseWrap, { type NoisePayload, type NoiseResult } from 'hyperdht/lib/noise-wrap.js'

/** The most addresses of the other side that are looked at. */
const maxAddresses = 16

/** What the other side said inside a handshake, as far as it is listened to. */
export interface PeerClaims {
  /** Where it says that its node is. */
  readonly addresses: readonly HyperDHT.Address[]
  /** The two sides agreed on a relay. */
  readonly hasRelay: boolean
}

const claims = new WeakMap<NoiseResult, PeerClaims>()

/** What was said in the handshake that had this result. */
export function claimsOf(result: NoiseResult | undefined): PeerClaims {
  return (result && claims.get(result)) ?? { addresses: [], hasRelay: false }
}

/**
 * A Noise handshake that takes no directions from the other side: the DHT nodes it proposes are ignored, and so is every
 * relay but the one that the user of this machine has chosen, so that nobody can make it talk to a third one of their
 * choice.
 */
export class DirectHandshake extends NoiseWrap {
  readonly #isChosenRelay: (publicKey: Uint8Array) => boolean
  readonly #proposesRelay: boolean
  #claims: PeerClaims = { addresses: [], hasRelay: false }

  /** `proposesRelay`: this side's own message proposes the chosen relay. */
  constructor(
    keyPair: HyperDHT.KeyPair,
    remotePublicKey: Buffer | null,
    isChosenRelay: (publicKey: Uint8Array) => boolean = () => false,
    proposesRelay = false,
  ) {
    super(keyPair, remotePublicKey)
    this.#isChosenRelay = isChosenRelay
    this.#proposesRelay = proposesRelay
  }

  /** What the other side has said so far. */
  get claims(): PeerClaims {
    return this.#claims
  }

  override recv(message: Buffer): NoisePayload {
    const payload = super.recv(message)
    const { relayThrough, addresses4 } = payload
    const isChosen = relayThrough !== null && this.#isChosenRelay(relayThrough.publicKey)
    if (!isChosen) payload.relayThrough = null
    payload.relayAddresses = null
    this.#claims = {
      addresses: (addresses4 ?? []).slice(0, maxAddresses),
      hasRelay: isChosen || this.#proposesRelay,
    }
    return payload
  }

  override final(): NoiseResult {
    const result = super.final()
    claims.set(result, this.#claims)
    return result
  }
}

/** A handshake that is refused before its first, costly computation. */
export class RefusedHandshake extends NoiseWrap {
  override recv(): NoisePayload {
    throw new Error('Too many handshakes at once')
  }
}
