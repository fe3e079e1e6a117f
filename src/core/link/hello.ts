/**
 * The first message of each side on a link: who is speaking, proved for this very connection. The device signs the
 * Noise handshake's hash, its own role, both stream keys and everything else in the hello, so that a hello is worth
 * nothing on another connection, in the other direction, or with one field changed. Until it checks out, nothing else
 * that the other side sends is parsed.
 */
import type { DeviceList } from '../identity/deviceList.ts'
import { maxDeviceListBytes, parseDeviceList } from '../identity/deviceList.ts'
import { concat, copyOf, isEqual } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import { domain, hash, isSignatureValid, publicKeyBytes, sign, signatureBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Connection } from '../ports/transport.ts'

/** The versions of the link protocol that this code speaks. */
export const linkVersions = { oldest: 1, newest: 1 } as const
const incarnationBytes = 8

export interface Hello {
  readonly versions: { readonly oldest: number; readonly newest: number }
  readonly device: Uint8Array
  readonly deviceList: DeviceList
  readonly deviceListBytes: Uint8Array
  /** Random for every start of the process: tells a restart from a second connection. */
  readonly incarnation: Uint8Array
  /** The sender's wall clock. */
  readonly now: number
}

export type HelloFields = Pick<Hello, 'device' | 'deviceListBytes' | 'incarnation' | 'now'>

/** The hello of this side, signed for `connection`. */
export function encodeHello(fields: HelloFields, deviceSecretKey: Uint8Array, connection: Connection): Uint8Array {
  const body = new Writer()
    .uint8(linkVersions.oldest)
    .uint8(linkVersions.newest)
    .fixed(fields.device)
    .fixed(fields.incarnation)
    .uint(fields.now)
    .bytes(fields.deviceListBytes)
    .finish()
  const signature = sign(signedBytes(body, connection, connection.isInitiator), deviceSecretKey)
  return new Writer().fixed(signature).fixed(body).finish()
}

/** The other side's hello, or `undefined` if it is not whole, not signed for this connection, or its device is not on the list of its person. */
export function decodeHello(bytes: Uint8Array, connection: Connection): Hello | undefined {
  if (bytes.length <= signatureBytes || bytes.length > signatureBytes + maxDeviceListBytes + 128) return undefined
  const signature = bytes.subarray(0, signatureBytes)
  const body = bytes.subarray(signatureBytes)
  const hello = decodeAll(body, (reader) => {
    const versions = { oldest: reader.uint8(), newest: reader.uint8() }
    const device = copyOf(reader.fixed(publicKeyBytes))
    const incarnation = copyOf(reader.fixed(incarnationBytes))
    const now = reader.uint(maxCounter)
    return { versions, device, incarnation, now, deviceListBytes: copyOf(reader.bytes(maxDeviceListBytes)) }
  })
  if (hello === undefined) return undefined
  if (!isSignatureValid(signature, signedBytes(body, connection, !connection.isInitiator), hello.device)) {
    return undefined
  }
  const deviceList = parseDeviceList(hello.deviceListBytes)
  if (!deviceList?.devices.some(({ key }) => isEqual(key, hello.device))) return undefined
  return { ...hello, deviceList }
}

/** The newest version that both sides speak, or `undefined` if there is none. */
export function commonVersion(theirs: Hello['versions']): number | undefined {
  const newest = Math.min(linkVersions.newest, theirs.newest)
  return newest >= Math.max(linkVersions.oldest, theirs.oldest) ? newest : undefined
}

function signedBytes(body: Uint8Array, connection: Connection, isInitiator: boolean): Uint8Array {
  const { localPublicKey, remotePublicKey, handshakeHash } = connection
  const keys = connection.isInitiator ? [localPublicKey, remotePublicKey] : [remotePublicKey, localPublicKey]
  return concat(domain('tincan hello'), hash(handshakeHash), new Uint8Array([isInitiator ? 0 : 1]), ...keys, hash(body))
}
