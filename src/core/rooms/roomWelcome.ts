/** What a newcomer is given to take part in a room: the same on the connection of an invite and on a link. */
import { maxTitleBytes } from '../../shared/rooms.ts'
import { copyOf } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Reader } from '../codec/codec.ts'
import { hashBytes, keyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { HeldKey } from '../room/keyBox.ts'
import type { MemberRecord } from '../room/memberRecord.ts'
import { readMemberRecord, writeMemberRecord } from '../room/memberRecord.ts'
import { parseTitle } from '../room/roomText.ts'
import type { Floor } from './roomRecords.ts'
import { readFloors, readHeldKey, writeFloors, writeHeldKey } from './roomRecords.ts'

/** The most keys that a newcomer is given at once: the newest; what is older is handed on in the room itself. */
export const maxWelcomeKeys = 512
/** The most members that a newcomer is told of; with all the rest they fit a packet. */
export const maxWelcomeMembers = 4
const formatVersion = 2

export interface RoomWelcome {
  readonly room: Uint8Array
  readonly secret: Uint8Array
  readonly title: string
  /** The `invite` operation, and a clock not before it. */
  readonly invite: Uint8Array
  readonly clock: number
  /** At least one; the last is of the epoch that the newcomer is to write in. */
  readonly keys: readonly HeldKey[]
  /** What not to ask for, where the history starts now. */
  readonly floors: readonly Floor[]
  /** Some who belong as well, and whom the newcomer may turn to before the room log tells it of all. */
  readonly members: readonly MemberRecord[]
}

export function writeWelcome(welcome: RoomWelcome): Uint8Array {
  const { room, secret, title, invite, clock, keys, floors, members } = welcome
  const writer = new Writer(1024).uint8(formatVersion).fixed(room).fixed(secret).string(title).fixed(invite).uint(clock)
  writer.uint(keys.length)
  for (const key of keys) writeHeldKey(writer, key)
  writeFloors(writer, floors)
  writer.uint(members.length)
  for (const member of members) writeMemberRecord(writer, member)
  return writer.finish()
}

/** The welcome in untrusted bytes, in memory of its own, or `undefined`. */
export function readWelcome(bytes: Uint8Array): RoomWelcome | undefined {
  return decodeAll(bytes, (reader: Reader) => {
    if (reader.uint8() !== formatVersion) return undefined
    const room = copyOf(reader.fixed(hashBytes))
    const secret = copyOf(reader.fixed(keyBytes))
    const title = parseTitle(reader.string(maxTitleBytes))
    const invite = copyOf(reader.fixed(hashBytes))
    const clock = reader.uint(maxCounter - 1)
    const keys = reader.list(maxWelcomeKeys, () => readHeldKey(reader))
    const floors = readFloors(reader)
    const members = reader.list(maxWelcomeMembers, () => readMemberRecord(reader)).filter((one) => one !== undefined)
    const isWhole = keys.length > 0 && title !== undefined
    return isWhole ? { room, secret, title, invite, clock, keys, floors, members } : undefined
  })
}
