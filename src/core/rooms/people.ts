import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { ConversationId, DeviceId, PersonId } from '../../shared/ids.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { ContactDevice } from '../contact/contactRecord.ts'
import type { Contacts } from '../contact/contacts.ts'
import type { RequestBook } from '../contact/requestBook.ts'
import type { Reachable, Reachables } from '../contact/reachable.ts'
import type { MemberRecord } from '../room/memberRecord.ts'
import { maxMeshDevices, neighbours } from './neighbours.ts'
import type { Clock } from '../ports/clock.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export interface PeopleInit {
  readonly contacts: Contacts
  readonly rooms: Rooms
  readonly book: RequestBook
  readonly own: () => DeviceId
  /** Whether a device is linked, or was not called in vain. */
  readonly isReachable: (device: DeviceId) => boolean
  readonly clock: Clock
}

/** So long after links came or failed, somebody else is chosen in place of those who cannot be reached. */
const reconsiderAfterMs = 5_000

/** Contacts, and the members of the rooms that one is in, who need not be contacts. */
export class People implements Reachables, Disposable {
  readonly #init: PeopleInit
  readonly #parts = new DisposableStore()
  readonly #onDidChange = new Emitter<void>()
  readonly #skews = new Map<PersonId, number>()
  /** Devices that took the place of others, as their persons say; rooms tell of them later. By the one replaced. */
  readonly #heirs = new Map<DeviceId, Uint8Array>()
  #admitted = new Map<PersonId, Reachable>()
  #called: readonly Reachable[] = []
  #fingerprint = ''
  #hasRing = false
  #hasLooked = false
  #timer: Disposable | undefined

  constructor(init: PeopleInit) {
    this.#init = init
    this.#parts.add(
      init.contacts.onDidChange(() => {
        this.refresh()
      }),
    )
    this.#parts.add(
      init.book.onDidChange(() => {
        this.refresh()
      }),
    )
    this.#parts.add(
      init.rooms.onDidChange(() => {
        this.refresh()
      }),
    )
  }

  readonly onDidChange: Event<void> = this.#onDidChange.event

  get admitted(): Iterable<Reachable> {
    this.#prepare()
    return this.#admitted.values()
  }
  get called(): Iterable<Reachable> {
    this.#prepare()
    return this.#called
  }

  get(person: PersonId): Reachable | undefined {
    this.#prepare()
    return this.#admitted.get(person)
  }

  /** How much later the clock of somebody who is no contact runs than ours; a change of up to `noticeableMs` is nothing. */
  noteSkew(person: PersonId, skewMs: number, noticeableMs: number): void {
    const known = this.#skews.get(person) ?? 0
    if (this.#init.contacts.get(person) !== undefined || Math.abs(skewMs - known) <= noticeableMs) return
    this.#skews.set(person, skewMs)
    this.refresh()
  }

  /** A member's device took the place of another one: it is called, and may call, in its stead. */
  replace(device: Uint8Array, heir: Uint8Array): void {
    this.#heirs.set(toHex(device) as DeviceId, heir)
    this.refresh()
  }

  /** Looks anew at who may call and is called: somebody else may stand in for one who cannot be reached. */
  refresh(): void {
    if (this.#look()) this.#onDidChange.fire()
  }

  /** Looks at nobody before somebody asks: what is opened can be read before anybody is called. */
  #prepare(): void {
    if (!this.#hasLooked) this.#look()
  }

  /** Whether anybody came, went or changed. */
  #look(): boolean {
    this.#hasLooked = true
    const { contacts, rooms, book } = this.#init
    const admitted = new Map<PersonId, Map<DeviceId, ContactDevice>>()
    const called = new Set<DeviceId>()
    this.#hasRing = false
    for (const room of rooms.all) this.#addRoom(room, admitted, called)
    // Both have said yes to a common contact: they look for each other.
    for (const { state, introduction } of book.all)
      if (state === 'outgoing' && introduction !== undefined) {
        const { personId, device, addressSecret } = introduction
        if (contacts.isBlocked(personId)) continue
        add(admitted, personId, { key: device, addressSecret })
        called.add(toHex(device) as DeviceId)
      }
    // Last: what a contact says on a link is newer than what it wrote in a room.
    for (const { person, devices, isBlocked } of contacts.all)
      for (const device of isBlocked === true ? [] : devices) {
        add(admitted, toHex(person) as PersonId, device)
        called.add(toHex(device.key) as DeviceId)
      }
    this.#admitted = new Map(
      [...admitted].map(([person, devices]) => {
        const skewMs = contacts.get(person)?.skewMs ?? this.#skews.get(person) ?? 0
        return [person, { person: idBytes(person), devices: [...devices.values()], skewMs }]
      }),
    )
    this.#called = [...this.#admitted.values()].flatMap((reachable) => {
      const devices = reachable.devices.filter(({ key }) => called.has(toHex(key) as DeviceId))
      return devices.length === 0 ? [] : [{ ...reachable, devices }]
    })
    const fingerprint = this.#describe(called)
    const isOther = fingerprint !== this.#fingerprint
    this.#fingerprint = fingerprint
    return isOther
  }

  /** Links came or failed: where not everybody is linked to everybody, others stand in for those out of reach. */
  reconsider(): void {
    if (this.#timer !== undefined || !this.#hasRing) return
    this.#timer = this.#init.clock.after(reconsiderAfterMs, () => {
      this.#timer = undefined
      this.refresh()
    })
  }

  /** Somebody who is in a room with this person. */
  findMember(person: PersonId): { name: string; conversation: ConversationId } | undefined {
    for (const { isOpen, view, conversation } of this.#init.rooms.all) {
      const member = isOpen ? view.members.get(person) : undefined
      if (member !== undefined) return { name: member.record.name, conversation }
    }
    return undefined
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#parts.dispose()
  }

  #addRoom(room: Room, admitted: Map<PersonId, Map<DeviceId, ContactDevice>>, called: Set<DeviceId>): void {
    const own = this.#init.own()
    const devices: DeviceId[] = []
    for (const person of room.isOpen ? room.others : []) {
      const record = room.view.members.get(person)?.record
      if (record !== undefined) devices.push(...this.#admit(record, admitted))
    }
    for (const stray of room.wholeness.strays) for (const device of this.#admit(stray, admitted)) called.add(device)
    for (const { personId, device, addressSecret } of room.guests) {
      if (this.#init.contacts.isBlocked(personId)) continue
      add(admitted, personId, { key: device, addressSecret })
      called.add(toHex(device) as DeviceId)
    }
    if (devices.length > maxMeshDevices) this.#hasRing = true
    for (const device of neighbours(room.id, own, devices, this.#init.isReachable)) called.add(device)
  }

  /** Admits the devices of a member that have told their address, unless the user wants to hear nothing of it; answers which. */
  #admit({ person, devices }: MemberRecord, admitted: Map<PersonId, Map<DeviceId, ContactDevice>>): DeviceId[] {
    if (this.#init.contacts.isBlocked(person)) return []
    return devices.flatMap(({ device, addressSecret }) => {
      const key = this.#heirs.get(device) ?? idBytes(device)
      const id = toHex(key) as DeviceId
      if (addressSecret === undefined || id === this.#init.own()) return []
      add(admitted, person, { key, addressSecret })
      return [id]
    })
  }

  #describe(called: ReadonlySet<DeviceId>): string {
    const lines = [...this.#admitted.values()].flatMap(({ skewMs, devices }) =>
      devices.map(({ key, addressSecret }) => `${toHex(key)}${toHex(addressSecret)}${String(skewMs)}`),
    )
    return [...lines, ...called].sort().join()
  }
}

function add(people: Map<PersonId, Map<DeviceId, ContactDevice>>, person: PersonId, device: ContactDevice): void {
  const devices = people.get(person) ?? new Map<DeviceId, ContactDevice>()
  devices.set(toHex(device.key) as DeviceId, device)
  people.set(person, devices)
}
