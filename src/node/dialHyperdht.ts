import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type HyperDHT from 'hyperdht'
import type { Clock } from '../core/ports/clock.ts'
import type { DialResult, KeyPair } from '../core/ports/transport.ts'
import { BoundedSecretStream } from './boundedSecretStream.ts'
import { dialFailureOf } from './dialFailureOf.ts'
import { DirectHandshake } from './directHandshake.ts'
import { HyperdhtConnection } from './hyperdhtConnection.ts'

/** Less than the 15 s that a dial may take. */
const dialLimitMs = 14_000

export interface DialInit {
  readonly node: HyperDHT
  readonly remotePublicKey: Uint8Array
  readonly keyPair: KeyPair
  readonly clock: Clock
  readonly shareLanAddresses: boolean
  /** Called with the stream while it is still on its way; destroying it ends the dial. */
  readonly track: (stream: NoiseSecretStream) => void
}

/** Looks a public key up in the DHT and connects to it. Resolves within 15 s; never rejects. */
export function dialHyperdht(init: DialInit): Promise<DialResult> {
  const { node, keyPair, clock } = init
  const answersBefore = node.stats.requests.responses
  const failed = (error: unknown): DialResult => {
    const why = dialFailureOf(error)
    const wasAnswered = node.stats.requests.responses > answersBefore
    return { kind: 'failed', why: why === 'aborted' || wasAnswered ? why : 'network' }
  }
  let stream: NoiseSecretStream
  try {
    stream = node.connect(Buffer.from(init.remotePublicKey), {
      keyPair: { publicKey: Buffer.from(keyPair.publicKey), secretKey: Buffer.from(keyPair.secretKey) },
      localConnection: init.shareLanAddresses,
      createHandshake: (own, remotePublicKey) => new DirectHandshake(own, remotePublicKey),
      createSecretStream: (isInitiator, rawStream, options) =>
        new BoundedSecretStream(isInitiator, rawStream, { ...options, enableSend: false }),
    })
  } catch (error) {
    return Promise.resolve(failed(error))
  }
  init.track(stream)
  return new Promise((resolve) => {
    let cause: unknown
    const limit = clock.after(dialLimitMs, () => stream.destroy())
    const onError = (error: unknown): void => {
      cause = error
    }
    const onClose = (): void => {
      limit.dispose()
      resolve(failed(cause))
    }
    stream.on('error', onError)
    stream.once('close', onClose)
    stream.once('open', () => {
      limit.dispose()
      stream.off('close', onClose)
      resolve({ kind: 'open', connection: new HyperdhtConnection(stream, clock) })
    })
  })
}
