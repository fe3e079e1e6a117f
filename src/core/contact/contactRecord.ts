import { maxNameBytes } from '../../shared/service.ts'
import { copyOf } from '../codec/bytes.ts'
import { keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import { maxDeviceListBytes, maxDevices } from '../identity/deviceList.ts'
import type { Keepsake } from '../reunion/reunionKeys.ts'
import type { RecordFormat } from '../store/recordTable.ts'

/** A device of a contact, and the secret under which it is found. */
export interface ContactDevice {
  readonly key: Uint8Array
  readonly addressSecret: Uint8Array
}

/** A person that this one has accepted. */
export interface ContactRecord {
  readonly person: Uint8Array
  /** As the person calls itself. */
  readonly name: string
  /** As this user calls the person, on this device alone. */
  readonly localName?: string
  /** The user wants to hear nothing of this person: there are no links, and it is told nothing of it. */
  readonly isBlocked?: true
  readonly deviceList: Uint8Array
  readonly devices: readonly ContactDevice[]
  readonly isVerified: boolean
  readonly addedAt: number
  readonly lastSeenAt?: number
  /** How much later this person's clock runs than ours, as of its last hello; may be negative. */
  readonly skewMs: number
  /** What this person gave for the day on which it comes back with nothing; absent until it did. */
  readonly keepsake?: Keepsake
  /** The own address secret that this person knows, while it has not taken note of the present one. */
  readonly knownSecret?: Uint8Array
}

/** The name under which this user sees a contact. */
export const shownName = ({ name, localName }: Pick<ContactRecord, 'name' | 'localName'>): string => localName ?? name

export const contactFormat: RecordFormat<ContactRecord> = {
  kind: 'contact',
  write(writer, record) {
    writer.uint8(3).fixed(record.person).string(record.name).bytes(record.deviceList)
    writer.boolean(record.isVerified).uint(record.addedAt)
    writer.optional(record.lastSeenAt, (at) => writer.uint(at))
    writer
      .boolean(record.skewMs < 0)
      .uint(Math.abs(record.skewMs))
      .uint(record.devices.length)
    for (const { key, addressSecret } of record.devices) writer.fixed(key).fixed(addressSecret)
    writer.optional(record.keepsake, ({ secret, token }) => writer.fixed(secret).fixed(token))
    writer.optional(record.localName, (name) => writer.string(name))
    writer.boolean(record.isBlocked === true).optional(record.knownSecret, (secret) => writer.fixed(secret))
  },
  read(reader) {
    const version = reader.uint8()
    if (version < 1 || version > 3) reader.fail()
    const person = reader.fixed(publicKeyBytes)
    const name = reader.string(maxNameBytes)
    const deviceList = reader.bytes(maxDeviceListBytes)
    const isVerified = reader.boolean()
    const addedAt = reader.uint(maxCounter)
    const lastSeenAt = reader.optional(() => reader.uint(maxCounter))
    const isBehind = reader.boolean()
    const skew = reader.uint(maxCounter)
    const devices = reader.list(maxDevices, () => ({
      key: reader.fixed(publicKeyBytes),
      addressSecret: reader.fixed(keyBytes),
    }))
    const record = { person, name, deviceList, devices, isVerified, addedAt, skewMs: isBehind ? -skew : skew }
    const readKeepsake = (): Keepsake => ({ secret: reader.fixed(keyBytes), token: reader.fixed(keyBytes) })
    const keepsake = version === 1 ? undefined : reader.optional(readKeepsake)
    const known = { ...record, ...(lastSeenAt !== undefined && { lastSeenAt }), ...(keepsake && { keepsake }) }
    if (version < 3) return known
    const localName = reader.optional(() => reader.string(maxNameBytes))
    const isBlocked = reader.boolean()
    const knownSecret = reader.optional(() => copyOf(reader.fixed(keyBytes)))
    return {
      ...known,
      ...(localName !== undefined && { localName }),
      ...(isBlocked && { isBlocked }),
      ...(knownSecret && { knownSecret }),
    }
  },
}
