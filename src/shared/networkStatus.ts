/** What is said about the network: who is linked, by which route, and why others are not. */
import type { DeviceId, PersonId } from './ids.ts'

/** How bytes travel to a peer. */
export type Route = 'lan' | 'direct' | 'relayed' | 'loopback'

export interface LinkStatus {
  readonly person: PersonId
  readonly device: DeviceId
  readonly route: Route
  readonly rttMs: number
  readonly since: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** Why nobody can be reached at all. */
export type NetworkReason =
  | 'starting'
  | 'suspended'
  | 'offline' // no network interface is up
  | 'udp-blocked' // an interface is up, no datagram is ever answered
  | 'dht-unreachable' // datagrams are answered, but no bootstrap node is
  | 'clock-wrong' // this machine's clock differs from what peers or the past say
  | 'no-identity'

/** Why one contact is not linked. */
export type PeerReason =
  | 'peer-offline'
  | 'connecting'
  | 'network'
  | 'no-path' // it was found, but the two networks let no direct connection through
  | 'clock-wrong'
  | 'refused'

export interface PeerStatus {
  readonly person: PersonId
  readonly name: string
  readonly linked: boolean
  readonly reason?: PeerReason
  readonly lastSeenAt?: number
  /** The next attempt to connect, where one is planned. */
  readonly nextAttemptAt?: number
}

/** What this device has to do with relays. A relay sees who talks, when and how much, and ciphertext only. */
export interface RelayStatus {
  /** Eight digits that name the relay which the user chose, for when there is no other path. */
  readonly uses?: string
  /** This device relays for those who have `key`. */
  readonly offers?: {
    /** 64 hexadecimal digits, to be given to people who may use this relay. */
    readonly key: string
    /** Who is on the line now. */
    readonly callers: number
    /** Since the start. */
    readonly bytesPassed: number
  }
}

export interface NetworkStatus {
  /** A network interface is up and the node runs. */
  readonly online: boolean
  readonly bootstrapped: boolean
  readonly reason?: NetworkReason
  /** Absent where no relay is used or offered. */
  readonly relay?: RelayStatus
  readonly links: readonly LinkStatus[]
  readonly peers: readonly PeerStatus[]
}
