import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { copyOf, idBytes, isEqual, toHex } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { parseName } from '../contact/name.ts'
import { keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import type { Account } from '../identity/account.ts'
import { maxDeviceListBytes, maxDevices, parseDeviceList } from '../identity/deviceList.ts'

/** A device of a member, and the secret under which other members find it. */
export interface MemberDevice {
  readonly device: DeviceId
  /** Absent for a device on the list that has not told its address. */
  readonly addressSecret?: Uint8Array
}

/** What a member says of itself to the others: the person's own signature on the list of devices makes it true. */
export interface MemberRecord {
  readonly person: PersonId
  readonly name: string
  /** As signed by the person. */
  readonly deviceList: Uint8Array
  /** Its version: a higher one replaces a lower one. */
  readonly version: number
  /** At least one, in the order of the list. */
  readonly devices: readonly MemberDevice[]
}

/** How this device presents itself to the members of a room. */
export function memberRecordOf({ identity, deviceList, device, addressSecret }: Account): MemberRecord {
  return memberRecord(identity.name, deviceList, [{ device: device.publicKey, addressSecret }]) as MemberRecord
}

/** The record of a person; `undefined` if the list is not signed, or an address is of a device that it does not name. */
export function memberRecord(
  name: string,
  deviceList: Uint8Array,
  addresses: readonly { readonly device: Uint8Array; readonly addressSecret: Uint8Array }[],
): MemberRecord | undefined {
  const list = parseDeviceList(deviceList)
  if (list === undefined) return undefined
  const isOnList = ({ device }: { device: Uint8Array }): boolean => list.devices.some(({ key }) => isEqual(key, device))
  if (!addresses.every(isOnList)) return undefined
  const devices = list.devices.map(({ key }): MemberDevice => {
    const device = toHex(key) as DeviceId
    const address = addresses.find((one) => isEqual(one.device, key))
    return address === undefined ? { device } : { device, addressSecret: address.addressSecret }
  })
  return { person: toHex(list.person) as PersonId, name, deviceList, version: list.version, devices }
}

export function writeMemberRecord(writer: Writer, { name, deviceList, devices }: MemberRecord): void {
  const addresses = devices.filter(({ addressSecret }) => addressSecret !== undefined)
  writer.string(name).bytes(deviceList).uint(addresses.length)
  for (const { device, addressSecret } of addresses) writer.fixed(idBytes(device)).fixed(addressSecret as Uint8Array)
}

/** Reads a record into memory of its own. The reader fails when it is malformed; `undefined` if only the signature is wrong. */
export function readMemberRecord(reader: Reader): MemberRecord | undefined {
  const name = parseName(reader.string(maxNameBytes))
  const deviceList = copyOf(reader.bytes(maxDeviceListBytes))
  const addresses = reader.list(maxDevices, () => ({
    device: copyOf(reader.fixed(publicKeyBytes)),
    addressSecret: copyOf(reader.fixed(keyBytes)),
  }))
  if (name === undefined) reader.fail()
  return name === undefined || !reader.isValid ? undefined : memberRecord(name, deviceList, addresses)
}
