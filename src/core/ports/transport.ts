import type { Disposable, Event } from '../../shared/disposable.ts'
import type { NetworkReason, RelayStatus, Route } from '../../shared/service.ts'

/** An Ed25519 key pair for the Noise handshake: `publicKey` 32 bytes, `secretKey` 64 bytes (libsodium's form). */
export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

/**
 * One open Noise stream. Messages keep their borders, arrive in order and untouched; the transport enforces
 * `maxPacketBytes` on arrival before it allocates, and closes a connection that breaks it.
 */
export interface Connection {
  readonly isInitiator: boolean
  /** The 64-byte hash of this Noise handshake, equal on both sides, different for every connection. */
  readonly handshakeHash: Uint8Array
  /** The Noise static keys of both ends, 32 bytes each. */
  readonly localPublicKey: Uint8Array
  readonly remotePublicKey: Uint8Array
  /** May change while the connection is open: from a relay to a direct path. */
  readonly route: Route
  /** Where the other side's node may be found again, as `dial` takes it; absent where that is not known. */
  readonly remoteAddress?: string | undefined
  /** Smoothed round-trip time in milliseconds; 0 until measured. */
  readonly rttMs: number
  readonly bytesIn: number
  readonly bytesOut: number

  /** Set once, right after the connection is handed over; messages that came earlier are kept until then. */
  onMessage: (message: Uint8Array) => void
  onClose: () => void
  /** Called when `send` returned false and there is room again. */
  onDrain: () => void

  /** Memory for the next message, with anything in it: what is written there is not copied once more. */
  allocate(size: number): Uint8Array
  /** Of this message, which `onMessage` was given, nothing is kept: the next may come in the same memory. */
  release(message: Uint8Array): void
  /** Queues one message of at most `maxPacketBytes`. False: it is queued, but wait for `onDrain` before more. */
  send(message: Uint8Array): boolean
  /** Sends what is queued, then closes. `onClose` is called once, later. */
  end(): void
  /** Closes at once. `onClose` is called once, later. */
  destroy(): void
}

/** The most bytes of one message on a connection: 64 KiB. */
export const maxPacketBytes = 64 * 1024

/** What a listening address needs to know. */
export interface ListenOptions {
  readonly keyPair: KeyPair
  /**
   * Whether a caller with this Noise key may connect. Asked before the handshake is answered: O(1), no I/O, never
   * throws. Nothing is decided on network addresses: they can be forged at that point.
   */
  readonly isAllowed: (remotePublicKey: Uint8Array) => boolean
  readonly onConnection: (connection: Connection) => void
}

export type DialFailure =
  | 'not-found' // nobody announces this key: the peer is offline
  | 'refused' // the peer's `isAllowed` said no, or it closed during the handshake
  | 'unreachable' // found, but no path: hole punching failed
  | 'network' // no DHT node answered
  | 'aborted' // disposed or suspended

export type DialResult =
  { readonly kind: 'open'; readonly connection: Connection } | { readonly kind: 'failed'; readonly why: DialFailure }

export interface TransportStatus {
  readonly online: boolean
  readonly bootstrapped: boolean
  readonly reason?: NetworkReason
  readonly relay?: RelayStatus
}

/** A node that can be found and can find, by public key. */
export interface Transport {
  readonly status: TransportStatus
  readonly onDidChangeStatus: Event<TransportStatus>
  /** The machine woke up or its network changed: open connections may be dead, and peers may be reachable again. */
  readonly onDidWake: Event<void>
  /** Starts the node. Resolves when it runs; being bootstrapped may come later. Repeated calls are the same call. */
  start(): Promise<void>
  /** Is found under `keyPair.publicKey` until disposed. Announces again after `resume`. Resolves when announced or given up for now. */
  listen(options: ListenOptions): Promise<Disposable>
  /**
   * Dials a public key under one's own `keyPair`. `lastAddress` is a `remoteAddress` of before, tried where the network
   * does not know the key. Resolves within 15 s, or within a minute where a path has to be found by trial; never rejects.
   */
  dial(remotePublicKey: Uint8Array, keyPair: KeyPair, lastAddress?: string): Promise<DialResult>
  /** Before sleep or when the network is gone: closes the connections, stops announcing. */
  suspend(): Promise<void>
  /** After sleep or a change of network. */
  resume(): Promise<void>
  dispose(): Promise<void>
}
