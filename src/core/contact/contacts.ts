import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { DeviceList } from '../identity/deviceList.ts'
import { parseDeviceList } from '../identity/deviceList.ts'
import { maxCounter } from '../event/event.ts'
import type { Store } from '../ports/store.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Committer } from '../store/committer.ts'
import type { Vault } from '../store/vault.ts'
import type { ContactDevice, ContactRecord } from './contactRecord.ts'
import { contactFormat, shownName } from './contactRecord.ts'
import { lookalikes } from './lookalikes.ts'

/** What a person says of itself, proved by whoever hands it in. */
export interface Profile {
  readonly name: string
  readonly deviceList: Uint8Array
  /** The device that speaks, and its address. */
  readonly device: ContactDevice
}

/** What changed by taking over a profile. */
export interface ProfileChange {
  readonly before: ContactRecord
  readonly after: ContactRecord
  /** Devices appeared or went: what was verified is not verified any more. */
  readonly hasNewKeys: boolean
}

/** The people this one has accepted, in memory and on disk. */
export class Contacts {
  readonly #table: RecordTable<ContactRecord>
  readonly #committer: Committer
  readonly #byPerson = new Map<PersonId, ContactRecord>()
  readonly #onDidChange = new Emitter<void>()
  #twins: ReadonlySet<PersonId> | undefined

  constructor(store: Store, vault: Vault, committer: Committer) {
    this.#table = new RecordTable(store, vault, contactFormat)
    this.#committer = committer
    for (const record of this.#table.list()) this.#byPerson.set(toHex(record.person) as PersonId, record)
  }

  /** People came, or changed their name, devices or addresses. */
  readonly onDidChange: Event<void> = this.#onDidChange.event

  get all(): Iterable<ContactRecord> {
    return this.#byPerson.values()
  }

  get(person: PersonId): ContactRecord | undefined {
    return this.#byPerson.get(person)
  }

  isBlocked(person: PersonId): boolean {
    return this.#byPerson.get(person)?.isBlocked === true
  }

  /** Those whose names, as this user sees them, cannot be told from another contact's by eye. */
  get twins(): ReadonlySet<PersonId> {
    this.#twins ??= lookalikes([...this.#byPerson].map(([person, contact]) => ({ person, name: shownName(contact) })))
    return this.#twins
  }

  /** Keeps a contact, inside a transaction of the caller, who calls `changed` once that is on disk. */
  put(record: ContactRecord): void {
    this.#twins = undefined
    this.#table.put(record.person, record)
    this.#byPerson.set(toHex(record.person) as PersonId, record)
  }

  /** Forgets a contact, inside a transaction of the caller, who calls `changed` once that is on disk. */
  remove(person: Uint8Array): void {
    this.#twins = undefined
    this.#table.delete(person)
    this.#byPerson.delete(toHex(person) as PersonId)
  }

  changed(): void {
    this.#onDidChange.fire()
  }

  /** Reads a contact anew after a transaction failed. */
  restore(person: Uint8Array): void {
    const record = this.#table.get(person)
    this.#twins = undefined
    if (record === undefined) this.#byPerson.delete(toHex(person) as PersonId)
    else this.#byPerson.set(toHex(person) as PersonId, record)
  }

  /** Forgets when a contact was last here. */
  async forgetLastSeen(person: PersonId): Promise<void> {
    if (this.#byPerson.get(person)?.lastSeenAt === undefined) return
    await this.#replace(person, ({ lastSeenAt: _forgotten, ...rest }) => rest)
  }

  /** Takes a name of this user's own for a contact, or goes back to the one that it has chosen. */
  async rename(person: PersonId, name: string | undefined): Promise<void> {
    await this.#replace(person, ({ localName: _replaced, ...rest }) =>
      name === undefined ? rest : { ...rest, localName: name },
    )
  }

  /** Changes a contact on its own. Listeners are told, unless only `lastSeenAt` changed. */
  async update(person: PersonId, changes: Partial<Omit<ContactRecord, 'person'>>): Promise<void> {
    const isQuiet = Object.keys(changes).every((key) => key === 'lastSeenAt')
    await this.#replace(person, (record) => ({ ...record, ...changes }), isQuiet)
  }

  async #replace(person: PersonId, change: (record: ContactRecord) => ContactRecord, isQuiet = false): Promise<void> {
    const record = this.#byPerson.get(person)
    if (record === undefined) return
    await this.#committer.run(
      () => {
        this.put(change(this.#byPerson.get(person) ?? record))
      },
      () => {
        this.restore(record.person)
      },
    )
    if (!isQuiet) this.changed()
  }
}

/** The contact with a profile taken over, or `undefined` if the profile is not this person's, is older, or changes nothing. */
export function applyProfile(before: ContactRecord, profile: Profile): ProfileChange | undefined {
  const known = parseDeviceList(before.deviceList)
  const claimed = parseDeviceList(profile.deviceList)
  if (known === undefined || claimed === undefined || !isEqual(claimed.person, before.person)) return undefined
  const isNewer = claimed.version > known.version
  const list = isNewer ? claimed : known
  if (!list.devices.some(({ key }) => isEqual(key, profile.device.key))) return undefined
  const hasNewKeys = isNewer && !hasSameDevices(known, claimed)
  const others = before.devices.filter(
    ({ key }) => !isEqual(key, profile.device.key) && list.devices.some((device) => isEqual(device.key, key)),
  )
  const after: ContactRecord = {
    ...before,
    name: profile.name,
    deviceList: isNewer ? profile.deviceList : before.deviceList,
    devices: [...others, profile.device],
    isVerified: before.isVerified && !hasNewKeys,
  }
  const present = before.devices.find(({ key }) => isEqual(key, profile.device.key))
  const isSame =
    !isNewer &&
    before.name === profile.name &&
    present !== undefined &&
    isEqual(present.addressSecret, profile.device.addressSecret)
  return isSame ? undefined : { before, after, hasNewKeys }
}

/** Whether the signed lists of two editions of a contact name different devices. */
export function hasOtherDevices(before: ContactRecord, after: ContactRecord): boolean {
  const [known, next] = [parseDeviceList(before.deviceList), parseDeviceList(after.deviceList)]
  return known !== undefined && next !== undefined && !hasSameDevices(known, next)
}

/** Whether the contact's person says in a newer list that a device is one of them no more. */
export function hasReplaced(contact: ContactRecord, device: ContactDevice, list: DeviceList): boolean {
  const known = parseDeviceList(contact.deviceList)
  const isNewer = known !== undefined && isEqual(list.person, contact.person) && list.version > known.version
  return isNewer && !list.devices.some(({ key }) => isEqual(key, device.key))
}

/** Whether a list says that a device was one of its person's and was replaced. */
export function isFormer(device: ContactDevice, list: DeviceList): boolean {
  return list.former?.some((key) => isEqual(key, device.key)) === true
}

/** A skew as the record can hold it. */
export function boundSkew(skewMs: number): number {
  return Math.max(-maxCounter, Math.min(maxCounter, Math.round(skewMs)))
}

function hasSameDevices(a: DeviceList, b: DeviceList): boolean {
  return (
    a.devices.length === b.devices.length &&
    a.devices.every((device, i) => isEqual(device.key, b.devices[i]?.key ?? new Uint8Array()))
  )
}
