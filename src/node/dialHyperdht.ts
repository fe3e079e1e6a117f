import type NoiseSecretStream from '@hyperswarm/secret-stream'
import HyperDHT from 'hyperdht'
import type { Clock } from '../core/ports/clock.ts'
import type { DialResult, KeyPair } from '../core/ports/transport.ts'
import type { Disposable } from '../shared/disposable.ts'
import { BoundedSecretStream } from './boundedSecretStream.ts'
import { dialFailureOf } from './dialFailureOf.ts'
import { claimsOf, DirectHandshake } from './directHandshake.ts'
import { HyperdhtConnection } from './hyperdhtConnection.ts'
import type { HyperdhtNode } from './hyperdhtNode.ts'

/** What all dials of a node share. */
export interface DialContext {
  readonly node: HyperdhtNode
  readonly clock: Clock
  readonly shareLanAddresses: boolean
  /** Whether the other side may propose this relay. */
  readonly isChosenRelay: (publicKey: Uint8Array) => boolean
  /** Called with the stream while it is still on its way; destroying it ends the dial. */
  readonly track: (stream: NoiseSecretStream) => void
}

export interface DialInit {
  readonly remotePublicKey: Uint8Array
  readonly keyPair: KeyPair
  readonly limitMs: number
  /** Where the peer's own node may be: it is asked first. */
  readonly at?: HyperDHT.Address
  /** The relay to go through. */
  readonly relay?: Uint8Array
  /** Takes so much longer where one of the two routers can be got through by trial alone. */
  readonly patienceMs?: number
}

/** Connects to a public key by one route. Resolves within `limitMs` and `patienceMs`; never rejects. */
export function dialHyperdht(context: DialContext, init: DialInit): Promise<DialResult> {
  const { node, clock, isChosenRelay, shareLanAddresses } = context
  const { keyPair, at, relay } = init
  const answersBefore = node.stats.requests.responses
  const failed = (error: unknown): DialResult => {
    const why = dialFailureOf(error)
    const wasAnswered = node.stats.requests.responses > answersBefore
    return { kind: 'failed', why: why === 'aborted' || wasAnswered ? why : 'network' }
  }
  let handshake: DirectHandshake | undefined
  let limit: Disposable | undefined
  const giveUpAfter = (delayMs: number): void => {
    limit?.dispose()
    limit = clock.after(delayMs, () => stream.destroy())
  }
  let stream: NoiseSecretStream
  try {
    stream = node.connect(Buffer.from(init.remotePublicKey), {
      keyPair: { publicKey: Buffer.from(keyPair.publicKey), secretKey: Buffer.from(keyPair.secretKey) },
      localConnection: shareLanAddresses,
      ...(at && { relayAddresses: [at] }),
      ...(relay && { relayThrough: Buffer.from(relay) }),
      holepunch: (remoteFirewall, ownFirewall) => {
        const needsTrial = remoteFirewall === HyperDHT.FIREWALL.RANDOM || ownFirewall === HyperDHT.FIREWALL.RANDOM
        if (needsTrial && init.patienceMs !== undefined) giveUpAfter(init.patienceMs)
        return true
      },
      createHandshake: (own, remotePublicKey) =>
        (handshake = new DirectHandshake(own, remotePublicKey, isChosenRelay, relay !== undefined)),
      createSecretStream: (isInitiator, rawStream, options) =>
        new BoundedSecretStream(isInitiator, rawStream, { ...options, enableSend: false }),
    })
  } catch (error) {
    return Promise.resolve(failed(error))
  }
  context.track(stream)
  return new Promise((resolve) => {
    let cause: unknown
    giveUpAfter(init.limitMs)
    const onError = (error: unknown): void => {
      cause = error
    }
    const onClose = (): void => {
      limit?.dispose()
      resolve(failed(cause))
    }
    stream.on('error', onError)
    stream.once('close', onClose)
    stream.once('open', () => {
      limit?.dispose()
      stream.off('close', onClose)
      const claims = handshake?.claims ?? claimsOf(undefined)
      const isRelay = (host: string | null, port: number): boolean => node.isRelay(host, port)
      resolve({ kind: 'open', connection: new HyperdhtConnection({ stream, clock, claims, isRelay }) })
    })
  })
}
