/** The parts of `blind-relay` that Tincan uses; it ships no types. */
declare module 'blind-relay' {
  import type { EventEmitter } from 'node:events'
  import type NoiseSecretStream from '@hyperswarm/secret-stream'
  import type { RawStream } from '@hyperswarm/secret-stream'

  /** One caller, who may ask to be paired with whoever names the same token. */
  class BlindRelaySession extends EventEmitter {
    destroy(error?: Error): void
    on(event: 'error' | 'close', listener: () => void): this
    on(
      event: 'pair',
      listener: (isInitiator: boolean, token: Buffer, stream: RawStream, remoteId: number) => void,
    ): this
  }

  /** Pairs callers and passes their packets on without looking into them. */
  export class Server extends EventEmitter {
    constructor(options: { readonly createStream: (options: object) => RawStream })
    accept(stream: NoiseSecretStream, options: { readonly id: Buffer }): BlindRelaySession
    readonly stats: { readonly pairings: { readonly pending: number; readonly active: number } }
    close(): Promise<void>
  }
}
