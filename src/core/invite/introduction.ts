import type { PersonId } from '../../shared/ids.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { copyOf, isEqual, toHex } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import { applyProfile, boundSkew } from '../contact/contacts.ts'
import { parseName } from '../contact/name.ts'
import { keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Account } from '../identity/account.ts'
import { maxDeviceListBytes, parseDeviceList } from '../identity/deviceList.ts'

/** What two people tell each other to become contacts. */
export interface Introduction {
  readonly person: Uint8Array
  readonly personId: PersonId
  readonly name: string
  readonly deviceList: Uint8Array
  readonly device: Uint8Array
  readonly addressSecret: Uint8Array
  /** The sender's wall clock. */
  readonly now: number
}

export function writeIntroduction(writer: Writer, introduction: Introduction): void {
  const { name, deviceList, device, addressSecret, now } = introduction
  writer.string(name).bytes(deviceList).fixed(device).fixed(addressSecret).uint(now)
}

/** Reads an introduction into memory of its own; the reader fails unless the device is on the person's signed list. */
export function readIntroduction(reader: Reader): Introduction | undefined {
  const name = parseName(reader.string(maxNameBytes))
  const deviceList = copyOf(reader.bytes(maxDeviceListBytes))
  const device = copyOf(reader.fixed(publicKeyBytes))
  const addressSecret = copyOf(reader.fixed(keyBytes))
  const now = reader.uint(maxCounter)
  const list = reader.isValid ? parseDeviceList(deviceList) : undefined
  if (name === undefined || !list?.devices.some(({ key }) => isEqual(key, device))) {
    reader.fail()
    return undefined
  }
  const person = copyOf(list.person)
  return { person, personId: toHex(person) as PersonId, name, deviceList, device, addressSecret, now }
}

/** How this device introduces itself. */
export function introductionOf(account: Account, nowMs: number): Introduction {
  return {
    person: account.root.publicKey,
    personId: account.identity.person,
    name: account.identity.name,
    deviceList: account.deviceList,
    device: account.device.publicKey,
    addressSecret: account.addressSecret,
    now: Math.max(0, nowMs),
  }
}

/**
 * The contact that an introduction makes. Of a contact already known it changes what a profile on a link would: an
 * older device list is no way back, and other devices than those that were verified are not verified.
 */
export function contactOf(
  { person, name, deviceList, device, addressSecret, now }: Introduction,
  present: ContactRecord | undefined,
  nowMs: number,
): ContactRecord {
  const skewMs = boundSkew(now - nowMs)
  const devices = [{ key: device, addressSecret }] as const
  if (present === undefined)
    return { person, name, deviceList, devices, isVerified: false, addedAt: Math.max(0, nowMs), skewMs }
  const change = applyProfile(present, { name, deviceList, device: devices[0] })
  return { ...(change?.after ?? present), skewMs }
}
