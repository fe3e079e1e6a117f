import type HyperDHT from 'hyperdht'
import { BoundedSecretStream } from './boundedSecretStream.ts'
import { DirectHandshake } from './directHandshake.ts'
import { relayCaller, type RelayKey } from './relayKey.ts'

/** How the relay with this key is called. Throws when none was chosen: then no handshake can have agreed on one. */
export function relayCall(key: RelayKey | undefined, shareLanAddresses: boolean): HyperDHT.ConnectOptions {
  if (key === undefined) throw new Error('No relay was chosen')
  const { publicKey, secretKey } = relayCaller(key)
  return {
    keyPair: { publicKey: Buffer.from(publicKey), secretKey: Buffer.from(secretKey) },
    localConnection: shareLanAddresses,
    createHandshake: (own, remotePublicKey) => new DirectHandshake(own, remotePublicKey),
    createSecretStream: (isInitiator, rawStream, options) =>
      new BoundedSecretStream(isInitiator, rawStream, { ...options, enableSend: false }),
  }
}
