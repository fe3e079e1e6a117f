import type { DialFailure, DialResult, KeyPair } from '../core/ports/transport.ts'
import { toHex } from '../core/codec/bytes.ts'
import { type DialContext, dialHyperdht, type DialInit } from './dialHyperdht.ts'
import type { LocalDiscovery } from './localDiscovery.ts'
import { parseAddress } from './parseAddress.ts'
import type { ChosenRelay } from './relayKey.ts'

/** Less than the 15 s that a dial may take. */
const dialLimitMs = 14_000
/** HyperDHT tries ports of a symmetric NAT for 35 s; who has a relay need not wait for that. */
const trialLimitMs = 40_000
/** A peer that is where it is looked for answers at once. */
const knownPlaceLimitMs = 3_000
/** With less time than this left, going through a relay waits for the next attempt. */
const relayNeedsMs = 5_000
/** So long a peer that no path led to is called through the relay at once. */
const relayMemoryMs = 30 * 60 * 1000
const maxRemembered = 1024

export interface PathFinderInit extends DialContext {
  readonly relay: ChosenRelay | undefined
  readonly local: LocalDiscovery | undefined
}

type Caller = Pick<DialInit, 'remotePublicKey' | 'keyPair'>

/**
 * Tries the ways to a peer one after the other: the local network where the user allows to ask it, the DHT, the place
 * where the peer was last, and the relay that the user has chosen, for when there is no path between two networks.
 */
export class PathFinder {
  readonly #init: PathFinderInit
  /** Until when a peer counts as out of reach without a relay. */
  readonly #outOfReach = new Map<string, number>()

  constructor(init: PathFinderInit) {
    this.#init = init
  }

  /** Resolves as `Transport.dial` says; never rejects. A failure says why the DHT did not lead there. */
  async find(remotePublicKey: Uint8Array, keyPair: KeyPair, lastAddress: string | undefined): Promise<DialResult> {
    const { clock, local, relay } = this.#init
    const caller = { remotePublicKey, keyPair }
    const startedAt = clock.monotonicMs()
    const leftMs = (): number => dialLimitMs - (clock.monotonicMs() - startedAt)
    const near = await local?.find(remotePublicKey)
    const nearby = near && (await this.#at(near, caller))
    if (nearby?.kind === 'open') return nearby
    if (relay !== undefined && this.#isOutOfReach(remotePublicKey)) return this.#through(relay, caller, leftMs())
    const patience = relay === undefined ? { patienceMs: trialLimitMs } : {}
    const found = await dialHyperdht(this.#init, { ...caller, ...patience, limitMs: leftMs() })
    if (found.kind === 'open') return found
    if (found.why === 'unreachable') {
      if (relay === undefined) return found
      this.#remember(remotePublicKey)
      return leftMs() < relayNeedsMs ? found : this.#through(relay, caller, leftMs())
    }
    const last = isUnknown(found.why) && lastAddress !== undefined ? parseAddress(lastAddress) : undefined
    if (last === undefined) return found
    const there = await this.#at(last, caller)
    return there.kind === 'open' ? there : found
  }

  /** The network changed: there may be a path now. */
  forget(): void {
    this.#outOfReach.clear()
  }

  #at(address: NonNullable<DialInit['at']>, caller: Caller): Promise<DialResult> {
    return dialHyperdht(this.#init, { ...caller, at: address, limitMs: knownPlaceLimitMs })
  }

  #through(relay: ChosenRelay, caller: Caller, limitMs: number): Promise<DialResult> {
    return dialHyperdht(this.#init, { ...caller, relay: relay.address(this.#init.clock.now()), limitMs })
  }

  #isOutOfReach(remotePublicKey: Uint8Array): boolean {
    return (this.#outOfReach.get(toHex(remotePublicKey)) ?? 0) > this.#init.clock.monotonicMs()
  }

  #remember(remotePublicKey: Uint8Array): void {
    if (this.#outOfReach.size >= maxRemembered) this.#outOfReach.clear()
    this.#outOfReach.set(toHex(remotePublicKey), this.#init.clock.monotonicMs() + relayMemoryMs)
  }
}

/** The DHT knows nothing of the peer, or is not there. */
const isUnknown = (why: DialFailure): boolean => why === 'not-found' || why === 'network'
