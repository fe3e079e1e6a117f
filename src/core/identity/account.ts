import type { Identity } from '../../shared/service.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { keyPairFromSeed } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'
import type { IdentitySecrets } from './identityFile.ts'

/** An unlocked identity: who this device is, and the keys with which it proves it. */
export interface Account {
  readonly identity: Identity
  readonly root: KeyPair
  readonly device: KeyPair
  readonly addressSecret: Uint8Array
  /** Signed; what others get to see. */
  readonly deviceList: Uint8Array
  readonly dataKey: Uint8Array
  /** See `IdentitySecrets`. */
  readonly generation: number
  readonly formerDevices: readonly Uint8Array[]
  readonly reunionSince: number | undefined
}

export function accountOf(secrets: IdentitySecrets, dataKey: Uint8Array): Account {
  const root = keyPairFromSeed(secrets.rootSeed)
  const device = keyPairFromSeed(secrets.deviceSeed)
  const person = toHex(root.publicKey) as PersonId
  const identity = { person, device: toHex(device.publicKey) as DeviceId, name: secrets.name }
  const { addressSecret, deviceList, generation, formerDevices, reunionSince } = secrets
  return { identity, root, device, addressSecret, deviceList, dataKey, generation, formerDevices, reunionSince }
}
