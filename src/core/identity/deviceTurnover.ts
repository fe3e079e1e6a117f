import { isEqual } from '../codec/bytes.ts'
import { keyPairFromSeed } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'
import type { DeviceList } from './deviceList.ts'
import { maxFormerDevices, parseDeviceList, signDeviceList } from './deviceList.ts'
import type { IdentitySecrets } from './identityFile.ts'

/**
 * The secrets with a list of devices that is newer than one that a contact still has, whose devices are former ones from
 * then on; `undefined` where nothing changes by that.
 */
export function outdate(secrets: IdentitySecrets, root: KeyPair, known: DeviceList): IdentitySecrets | undefined {
  const list = ownList(secrets)
  const present = [...secrets.formerDevices, ...list.devices.map(({ key }) => key)]
  const named = [...(known.former ?? []), ...known.devices.map(({ key }) => key)]
  const former = named.filter((key) => !present.some((one) => isEqual(one, key)))
  if (former.length === 0 && known.version < list.version) return undefined
  const version = Math.max(list.version, known.version + 1)
  const formerDevices = [...secrets.formerDevices, ...former].slice(-maxFormerDevices)
  return { ...secrets, deviceList: signDeviceList({ ...list, version, former: formerDevices }, root), formerDevices }
}

/** The secrets with a device of another seed (32 bytes) in the place of the present one, on a list newer than `newerThan`. */
export function renew(
  secrets: IdentitySecrets,
  root: KeyPair,
  deviceSeed: Uint8Array,
  now: number,
  newerThan: number,
): IdentitySecrets {
  const list = ownList(secrets)
  const former = keyPairFromSeed(secrets.deviceSeed).publicKey
  const own = { key: keyPairFromSeed(deviceSeed).publicKey, addedAt: now }
  const devices = [...list.devices.filter(({ key }) => !isEqual(key, former)), own]
  const version = Math.max(list.version, newerThan) + 1
  const formerDevices = [...secrets.formerDevices, former].slice(-maxFormerDevices)
  const renewed = { version, person: root.publicKey, devices, former: formerDevices }
  return { ...secrets, deviceSeed, deviceList: signDeviceList(renewed, root), formerDevices }
}

function ownList({ deviceList }: IdentitySecrets): DeviceList {
  const list = parseDeviceList(deviceList)
  if (list === undefined) throw new Error('The own device list does not parse')
  return list
}
