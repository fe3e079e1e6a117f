/** The devices of a person, signed by the person's root key: what makes an event of a device one of that person. */
import { compareBytes, concat } from '../codec/bytes.ts'
import { decodeAll, Writer, type Reader } from '../codec/codec.ts'
import { domain, isSignatureValid, publicKeyBytes, sign, signatureBytes } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'

/** One edition of a person's devices. A higher version replaces a lower one. */
export interface DeviceList {
  /** 1 to 2^32. */
  readonly version: number
  /** The person's root public key, 32 bytes. */
  readonly person: Uint8Array
  /** 1 to `maxDevices`, each key (32 bytes) once. `addedAt`: milliseconds since 1970. */
  readonly devices: readonly { readonly key: Uint8Array; readonly addedAt: number }[]
  /**
   * Devices that these took the place of, oldest first: what they wrote is this person's, but nothing more is accepted
   * from them. At most `maxFormerDevices`; absent where there are none.
   */
  readonly former?: readonly Uint8Array[]
}

/** The most devices of one person. */
export const maxDevices = 16
/** The most former devices that a list names: the newest. */
export const maxFormerDevices = 24
/** The most bytes of a signed device list. */
export const maxDeviceListBytes = 2048

/** Former devices came with the second; a list without any is still written in the first. */
const formatVersions = { plain: 1, withFormer: 2 } as const
const maxVersion = 2 ** 32
const signingDomain = domain('tincan device list')

/** The list in its bytes, with the signature last. Throws a plain error for a list or a key pair that is not right. */
export function signDeviceList(list: DeviceList, rootKeyPair: KeyPair): Uint8Array {
  const former = list.former ?? []
  const version = former.length === 0 ? formatVersions.plain : formatVersions.withFormer
  const writer = new Writer(maxDeviceListBytes).uint8(version).fixed(list.person).uint(list.version)
  writer.uint(list.devices.length)
  // One order, so that the same devices always give the same bytes.
  for (const { key, addedAt } of [...list.devices].sort((a, b) => compareBytes(a.key, b.key)))
    writer.fixed(key).uint(addedAt)
  if (former.length > 0) writer.uint(former.length)
  for (const key of former) writer.fixed(key)
  const content = writer.finish()
  const signed = concat(content, sign(concat(signingDomain, content), rootKeyPair.secretKey))
  if (parseDeviceList(signed) === undefined) throw new Error('Not a device list of this root key')
  return signed
}

/**
 * The list in untrusted bytes, in memory of its own; `undefined` if anything is malformed, out of its bounds or not
 * signed by the person it names.
 */
export function parseDeviceList(bytes: Uint8Array): DeviceList | undefined {
  if (bytes.length < signatureBytes || bytes.length > maxDeviceListBytes) return undefined
  const content = concat(bytes.subarray(0, bytes.length - signatureBytes))
  const list = decodeAll(content, readList)
  if (list === undefined) return undefined
  const signature = bytes.subarray(content.length)
  return isSignatureValid(signature, concat(signingDomain, content), list.person) ? list : undefined
}

function readList(reader: Reader): DeviceList | undefined {
  const format = reader.uint8()
  if (format !== formatVersions.plain && format !== formatVersions.withFormer) return undefined
  const person = reader.fixed(publicKeyBytes)
  const version = reader.uint(maxVersion)
  const devices = reader.list(maxDevices, () => ({
    key: reader.fixed(publicKeyBytes),
    addedAt: reader.uint(Number.MAX_SAFE_INTEGER),
  }))
  const hasFormer = format === formatVersions.withFormer
  const former = hasFormer ? reader.list(maxFormerDevices, () => reader.fixed(publicKeyBytes)) : []
  if (!reader.isValid || version === 0 || devices.length === 0) return undefined
  if (hasFormer && former.length === 0) return undefined
  const isAscending = devices.every(({ key }, i) => {
    const previous = devices[i - 1]
    return previous === undefined || compareBytes(previous.key, key) < 0
  })
  if (!isAscending) return undefined
  return hasFormer ? { version, person, devices, former } : { version, person, devices }
}
