import { keyBytes, keyPairFromSeed } from '../crypto/primitives.ts'
import type { Random } from '../ports/random.ts'
import type { KeyPair } from '../ports/transport.ts'
import { signDeviceList } from './deviceList.ts'
import type { IdentitySecrets } from './identityFile.ts'

/** The secrets of a person's first device, or of one that takes the place of all before it. `version`: of its device list. */
export function newSecrets(init: {
  readonly name: string
  readonly root: KeyPair
  readonly random: Random
  readonly now: number
  readonly version: number
}): IdentitySecrets {
  const { name, root, random, now, version } = init
  const deviceSeed = random.bytes(keyBytes)
  const addressSecret = random.bytes(keyBytes)
  const devices = [{ key: keyPairFromSeed(deviceSeed).publicKey, addedAt: Math.max(0, now) }]
  const deviceList = signDeviceList({ version, person: root.publicKey, devices }, root)
  // The first half of an Ed25519 secret key is its seed (RFC 8032).
  const rootSeed = root.secretKey.slice(0, keyBytes)
  return { name, rootSeed, deviceSeed, addressSecret, deviceList, generation: 0, formerDevices: [] }
}
