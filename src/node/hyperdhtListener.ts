import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type HyperDHT from 'hyperdht'
import type { Log } from '../core/ports/log.ts'
import type { ListenOptions } from '../core/ports/transport.ts'
import { BoundedSecretStream } from './boundedSecretStream.ts'
import { claimsOf, DirectHandshake, type PeerClaims, RefusedHandshake } from './directHandshake.ts'
import type { HandshakeLimits } from './handshakeLimits.ts'

/** How long a handshake that is over is remembered: longer than its last repetition takes (a second, three times). */
const handshakeMemoryMs = 5000

export interface ListenerInit extends Pick<ListenOptions, 'keyPair' | 'isAllowed'> {
  readonly limits: HandshakeLimits
  readonly shareLanAddresses: boolean
  readonly log: Log
  /** Whether a caller may propose this relay. */
  readonly isChosenRelay: (publicKey: Uint8Array) => boolean
  readonly onStream: (stream: NoiseSecretStream, claims: PeerClaims) => void
}

/** One address: a HyperDHT server for one key pair, while there is a node to run it on. */
export class HyperdhtListener {
  readonly #init: ListenerInit
  #server: HyperDHT.Server | undefined

  constructor(init: ListenerInit) {
    this.#init = init
  }

  get publicKey(): Uint8Array {
    return this.#init.keyPair.publicKey
  }

  get isOpen(): boolean {
    return this.#server !== undefined
  }

  /** Announces the key. Resolves when that is done or given up for now; never rejects. */
  async open(node: HyperDHT): Promise<void> {
    const { keyPair: own, limits, shareLanAddresses, log, isChosenRelay, onStream } = this.#init
    const claims = new WeakMap<NoiseSecretStream, PeerClaims>()
    const server = node.createServer({
      shareLocalAddress: shareLanAddresses,
      handshakeClearWait: handshakeMemoryMs,
      // HyperDHT asks whether to reject, and offers a network address that anybody can forge.
      firewall: (remotePublicKey) => !this.#isAllowed(remotePublicKey),
      createHandshake: (keyPair, remotePublicKey) =>
        limits.mayCompute()
          ? new DirectHandshake(keyPair, remotePublicKey, isChosenRelay)
          : new RefusedHandshake(keyPair, remotePublicKey),
      createSecretStream: (isInitiator, rawStream, streamOptions) => {
        const stream = new BoundedSecretStream(isInitiator, rawStream, { ...streamOptions, enableSend: false })
        claims.set(stream, claimsOf(streamOptions.handshake))
        return stream
      },
    })
    server.on('connection', (stream) => onStream(stream, claims.get(stream) ?? claimsOf(undefined)))
    this.#server = server
    try {
      await server.listen({
        publicKey: Buffer.from(own.publicKey),
        secretKey: Buffer.from(own.secretKey),
      })
    } catch (error) {
      log.debug(`An address could not be announced: ${String(error)}`)
    }
  }

  /** Takes the announcement back. Never rejects. */
  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    try {
      await server?.close()
    } catch (error) {
      this.#init.log.debug(`An announcement could not be taken back: ${String(error)}`)
    }
  }

  #isAllowed(remotePublicKey: Uint8Array): boolean {
    const { isAllowed, limits, log } = this.#init
    try {
      return isAllowed(remotePublicKey) && limits.admit(remotePublicKey)
    } catch (error) {
      log.error('Asking whether a caller is allowed failed, so it is not', error)
      return false
    }
  }
}
