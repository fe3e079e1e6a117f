/** The parts of `hyperdht` and of what it is built from that Tincan uses; they ship no types. */
declare module 'hyperdht' {
  import type { EventEmitter } from 'node:events'
  import type NoiseWrap from 'hyperdht/lib/noise-wrap.js'
  import type { NoisePayload } from 'hyperdht/lib/noise-wrap.js'
  import type NoiseSecretStream from '@hyperswarm/secret-stream'
  import type { RawStream, SecretStreamOptions } from '@hyperswarm/secret-stream'

  namespace HyperDHT {
    interface Address {
      readonly host: string
      readonly port: number
    }

    interface KeyPair {
      readonly publicKey: Buffer
      readonly secretKey: Buffer
    }

    type CreateHandshake = (keyPair: KeyPair, remotePublicKey: Buffer | null) => NoiseWrap
    type CreateSecretStream = (
      isInitiator: boolean,
      rawStream: RawStream | null,
      options: SecretStreamOptions,
    ) => NoiseSecretStream

    interface NodeOptions {
      /** An empty list means no bootstrap at all; `undefined` the public ones. */
      readonly bootstrap?: readonly (Address | string)[]
      /** The address to bind. */
      readonly host?: string
      /** The first of the ports to try. */
      readonly port?: number
      /** True: never stores or routes for others. */
      readonly ephemeral?: boolean
      /** Milliseconds, or false for none. */
      readonly connectionKeepAlive?: number | false
    }

    interface ConnectOptions {
      readonly keyPair: KeyPair
      /** False: the addresses of this machine's interfaces are not told. */
      readonly localConnection?: boolean
      /** Nodes that may know the way: the peer itself answers, too. */
      readonly relayAddresses?: readonly Address[]
      /** The relay to propose. */
      readonly relayThrough?: Buffer
      /** Asked when both sides know what their routers do (`FIREWALL`), before holes are punched: whether to go on. */
      readonly holepunch?: (remoteFirewall: number, ownFirewall: number) => boolean
      readonly createHandshake?: CreateHandshake
      readonly createSecretStream?: CreateSecretStream
    }

    interface ServerOptions {
      /** Whether to reject: true means no. */
      readonly firewall?: (remotePublicKey: Buffer, payload: NoisePayload, clientAddress: Address) => boolean
      /** False: the addresses of this machine's interfaces are not told. */
      readonly shareLocalAddress?: boolean
      /** How many milliseconds a handshake that is over is remembered, so that its repetitions are recognised. */
      readonly handshakeClearWait?: number
      readonly createHandshake?: CreateHandshake
      readonly createSecretStream?: CreateSecretStream
    }

    interface Server extends EventEmitter {
      listen(keyPair: KeyPair): Promise<Server>
      /** Takes the announcements back, then stops. */
      close(): Promise<void>
      on(event: 'connection', listener: (stream: NoiseSecretStream) => void): this
    }
  }

  /** A node of the DHT. */
  class HyperDHT extends EventEmitter {
    constructor(options?: HyperDHT.NodeOptions)
    /** What is known of a router; `RANDOM` draws another port for every destination. */
    static readonly FIREWALL: { readonly RANDOM: number }
    /** The first query is over, whether anybody answered or not. */
    readonly bootstrapped: boolean
    /** False when requests went unanswered for several seconds. */
    readonly online: boolean
    /** The routing table. */
    readonly nodes: { readonly length: number }
    readonly stats: { readonly requests: { readonly responses: number; readonly timeouts: number } }
    readonly io: { readonly networkInterfaces: { destroy(): Promise<unknown> } }
    /** Where others on the local network find the socket that answers them; `null` before there is one. */
    localAddress(): HyperDHT.Address | null
    createRawStream(options: object): RawStream
    /** Resolves when the sockets are bound; rejects when they cannot be. */
    bind(): Promise<void>
    fullyBootstrapped(): Promise<void>
    address(): HyperDHT.Address | null
    connect(remotePublicKey: Buffer, options: HyperDHT.ConnectOptions): NoiseSecretStream
    createServer(options: HyperDHT.ServerOptions): HyperDHT.Server
    suspend(): Promise<void>
    resume(): Promise<void>
    destroy(options?: { readonly force?: boolean }): Promise<void>
    on(
      event: 'ready' | 'wakeup' | 'network-change' | 'network-update' | 'add-node' | 'remove-node',
      listener: () => void,
    ): this
  }

  export default HyperDHT
}

declare module 'hyperdht/testnet.js' {
  interface Testnet {
    readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
    readonly nodes: readonly { address(): { readonly host: string; readonly port: number } | null }[]
    destroy(): Promise<void>
  }
  export default function createTestnet(size: number, options?: { readonly host?: string }): Promise<Testnet>
}

declare module 'hyperdht/lib/noise-wrap.js' {
  /** What the two sides tell each other inside the Noise handshake. */
  export interface NoisePayload {
    /** A relay that the other side would have us connect through. */
    relayThrough: { readonly publicKey: Buffer; readonly token: Buffer } | null
    /** DHT nodes that the other side would have us use to find it again. */
    relayAddresses: unknown
    /** Where the other side says that it is. */
    readonly addresses4: readonly { readonly host: string; readonly port: number }[] | null
  }

  /** What a finished handshake comes to. */
  export interface NoiseResult {
    readonly remotePublicKey: Buffer
  }

  /** One Noise IK handshake. The caller knows the key it calls; the called side does not know the caller's. */
  export default class NoiseWrap {
    constructor(keyPair: { readonly publicKey: Buffer; readonly secretKey: Buffer }, remotePublicKey: Buffer | null)
    /** Writes one's own message. */
    send(payload: object): Buffer
    /** Reads the other side's message. Throws when it is not one. */
    recv(message: Buffer): NoisePayload
    /** Throws before both messages are through. */
    final(): NoiseResult
  }
}

declare module '@hyperswarm/secret-stream' {
  import type { Duplex } from 'node:stream'
  import type { NoiseResult } from 'hyperdht/lib/noise-wrap.js'

  /** The UDX stream below a secret stream. */
  export interface RawStream {
    readonly remoteHost: string | null
    readonly remotePort: number
    /** Smoothed round-trip time in milliseconds; 0 until measured. */
    readonly rtt: number
    readonly bytesReceived: number
    readonly bytesTransmitted: number
    write(bytes: Uint8Array): boolean
    destroy(error?: Error): void
    /** The memory that is received into, from its beginning. */
    _buffer?: Uint8Array
    /** Takes out what came: the first `length` bytes. What comes next goes into `_buffer`. */
    _consumeData?: (length: number) => Uint8Array
    readonly _handle?: Uint8Array
    /** Whether each packet is told as it comes, or only once less than two packets more have room. */
    readonly setInteractive?: (isInteractive: boolean) => void
    once(event: 'close', listener: () => void): this
  }

  export interface SecretStreamOptions {
    /** False: no unordered datagrams beside the stream. */
    readonly enableSend?: boolean
    /** The handshake that made the stream; the called side has it at once. */
    readonly handshake?: NoiseResult
  }

  /** Noise-encrypted messages over a raw stream. It behaves as a Node stream of messages. */
  export default class NoiseSecretStream extends Duplex {
    constructor(isInitiator: boolean, rawStream: RawStream | null, options?: SecretStreamOptions)
    readonly isInitiator: boolean
    readonly publicKey: Buffer
    readonly remotePublicKey: Buffer
    readonly handshakeHash: Buffer
    readonly rawStream: RawStream | null
    /** It is about to be destroyed, or is. */
    readonly destroying: boolean
    /** Memory for the message that is written next, in place of which it is encrypted. */
    alloc(size: number): Buffer
    /** True once the other side has all that was written before; false when the stream ends first, or nothing. */
    flush(): Promise<boolean>
    /** What `alloc` gave last, and what is around it when it is encrypted: prefix, tag and authenticator. */
    protected _outgoingPlain: Buffer | null
    protected _outgoingWrapped: Buffer | null
    /** Parses what arrives, before anything is authenticated: a length prefix of three bytes, then so many bytes. */
    protected _onrawdata(data: Buffer): void
  }
}
