/**
 * What a contact gives to somebody who came back: who it is to that person, and what both need to go on. It follows the
 * contact's hello, in one packet with it, and comes after the other side has proved to be that person.
 */
import { copyOf } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import { parseName } from '../contact/name.ts'
import type { ConversationSecrets } from '../conversation/conversations.ts'
import { keyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { DeviceList } from '../identity/deviceList.ts'
import { maxDeviceListBytes, parseDeviceList } from '../identity/deviceList.ts'
import { maxNameBytes } from '../../shared/service.ts'

export interface Reunion {
  /** The contact's part of the keepsake. */
  readonly token: Uint8Array
  /** Of the contact. */
  readonly name: string
  readonly addressSecret: Uint8Array
  /** The signed list of the other's devices as the contact knows it: those that are lost are among them. */
  readonly deviceListBytes: Uint8Array
  readonly secrets: ConversationSecrets
  /** Every epoch key of the conversation. */
  readonly epochKeys: readonly Uint8Array[]
  /** Up to this clock of the conversation the lost device had everything. */
  readonly knownUpTo: number
}

const version = 1
/** The most epoch keys of one conversation that are handed over: the newest. */
export const maxEpochKeys = 1024

export function encodeReunion(reunion: Reunion): Uint8Array {
  const { token, name, addressSecret, deviceListBytes, secrets, epochKeys, knownUpTo } = reunion
  const writer = new Writer(2048).uint8(version).fixed(token).string(name).fixed(addressSecret).bytes(deviceListBytes)
  writer.fixed(secrets.syncSecret).fixed(secrets.epochKey).uint(knownUpTo).uint(epochKeys.length)
  for (const key of epochKeys) writer.fixed(key)
  return writer.finish()
}

/** The message in memory of its own, with the device list in it; `undefined` if anything of it is out of its bounds. */
export function decodeReunion(bytes: Uint8Array): (Reunion & { readonly deviceList: DeviceList }) | undefined {
  const reunion = decodeAll(copyOf(bytes), (reader) => {
    if (reader.uint8() !== version) reader.fail()
    const token = reader.fixed(keyBytes)
    const name = parseName(reader.string(maxNameBytes))
    const addressSecret = reader.fixed(keyBytes)
    const deviceListBytes = reader.bytes(maxDeviceListBytes)
    const secrets = { syncSecret: reader.fixed(keyBytes), epochKey: reader.fixed(keyBytes) }
    const knownUpTo = reader.uint(maxCounter)
    const epochKeys = reader.list(maxEpochKeys, () => reader.fixed(keyBytes))
    return name === undefined
      ? undefined
      : { token, name, addressSecret, deviceListBytes, secrets, knownUpTo, epochKeys }
  })
  const deviceList = reunion && parseDeviceList(reunion.deviceListBytes)
  return deviceList && { ...reunion, deviceList }
}
