/** What is kept of a room besides its events and its messages. */
import type { HistoryAccess, Role } from '../../shared/rooms.ts'
import { maxMembers, maxTitleBytes, roles } from '../../shared/rooms.ts'
import { copyOf } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Introduction } from '../invite/introduction.ts'
import { readIntroduction, writeIntroduction } from '../invite/introduction.ts'
import type { HeldKey } from '../room/keyBox.ts'
import type { RecordFormat } from '../store/recordTable.ts'

/** Whom this device lets in, or who lets it in: reachable like a member until the room log says more. */
export interface Guest {
  readonly introduction: Introduction
  /** The `invite` operation by which the newcomer of the two comes. */
  readonly invite: Uint8Array
}

/** Up to this message of a device, a newcomer was not given the keys. */
export interface Floor {
  readonly device: Uint8Array
  readonly seq: number
}

export interface RoomRecord {
  /** The room: id of its room log. */
  readonly id: Uint8Array
  /** Local number of the rows of the room log. */
  readonly number: number
  /** Makes the tokens under which members name the room to each other. 32 bytes. */
  readonly secret: Uint8Array
  readonly createdAt: number
  /** What it is called until the room log says more. */
  readonly title: string
  readonly guests: readonly Guest[]
  /** What this device does not ask for, because it came later. */
  readonly floors: readonly Floor[]
  /** Another member has the word of this person that it left. */
  readonly isParted: boolean
  /** Something of the room log may have been lost on this disk, and no member has given it back yet. */
  readonly isTorn: boolean
}

/** A key of the room that this device holds. */
export interface RoomKeyRecord {
  readonly room: Uint8Array
  readonly key: HeldKey
}

/** What an invite into a room grants, as the invites of this device remember it. */
export interface RoomGrant {
  readonly room: Uint8Array
  /** The `invite` operation. */
  readonly invite: Uint8Array
  readonly role: Exclude<Role, 'owner'>
  readonly history: HistoryAccess
}

/** The most guests that are remembered; of more, the first are forgotten. */
export const maxGuests = 64
/** The most devices of which a newcomer is told where to begin. */
export const maxFloors = 4 * maxMembers

export const roomFormat: RecordFormat<RoomRecord> = {
  kind: 'room',
  // Version 2 is a room that is torn.
  write(writer, { id, number, secret, createdAt, title, guests, floors, isParted, isTorn }) {
    writer
      .uint8(isTorn ? 2 : 1)
      .fixed(id)
      .uint(number)
      .fixed(secret)
      .uint(createdAt)
      .string(title)
      .uint(guests.length)
    for (const { introduction, invite } of guests) writeIntroduction(writer.fixed(invite), introduction)
    writeFloors(writer, floors)
    writer.boolean(isParted)
  },
  read(reader) {
    const version = reader.uint8()
    if (version !== 1 && version !== 2) reader.fail()
    const id = reader.fixed(hashBytes)
    const number = reader.uint(maxCounter)
    const secret = reader.fixed(keyBytes)
    const createdAt = reader.uint(maxCounter)
    const title = reader.string(maxTitleBytes)
    const guests = reader.list(maxGuests, () => {
      const invite = reader.fixed(hashBytes)
      const introduction = readIntroduction(reader)
      return introduction && { invite, introduction }
    })
    const floors = readFloors(reader)
    const isParted = reader.boolean()
    const present = guests.filter((guest) => guest !== undefined)
    return { id, number, secret, createdAt, title, guests: present, floors, isParted, isTorn: version === 2 }
  },
}

export const roomKeyFormat: RecordFormat<RoomKeyRecord> = {
  kind: 'room-key',
  write(writer, { room, key }) {
    writeHeldKey(writer.uint8(1).fixed(room), key)
  },
  read(reader) {
    if (reader.uint8() !== 1) reader.fail()
    return { room: reader.fixed(hashBytes), key: readHeldKey(reader) }
  },
}

export function writeFloors(writer: Writer, floors: readonly Floor[]): void {
  writer.uint(floors.length)
  for (const { device, seq } of floors) writer.fixed(device).uint(seq)
}

export function readFloors(reader: Reader): Floor[] {
  return reader.list(maxFloors, () => ({ device: copyOf(reader.fixed(publicKeyBytes)), seq: reader.uint(maxCounter) }))
}

export function writeHeldKey(writer: Writer, { kind, bytes }: HeldKey): void {
  writer.boolean(kind === 'whole').fixed(bytes)
}

export function readHeldKey(reader: Reader): HeldKey {
  return { kind: reader.boolean() ? 'whole' : 'control', bytes: copyOf(reader.fixed(keyBytes)) }
}

export function writeGrant(writer: Writer, { room, invite, role, history }: RoomGrant): void {
  writer
    .fixed(room)
    .fixed(invite)
    .uint8(roles.indexOf(role))
    .boolean(history === 'all')
}

/** Reads a grant; the reader fails for a role that nobody can be invited to. */
export function readGrant(reader: Reader): RoomGrant {
  const room = copyOf(reader.fixed(hashBytes))
  const invite = copyOf(reader.fixed(hashBytes))
  const role = roles[reader.uint8()]
  const history = reader.boolean() ? 'all' : 'from-now'
  if (role === undefined || role === 'owner') reader.fail()
  return { room, invite, role: role === undefined || role === 'owner' ? 'read-only' : role, history }
}
