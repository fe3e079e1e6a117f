import type { PersonId } from '../../shared/ids.ts'
import type { HistoryAccess } from '../../shared/rooms.ts'
import { idBytes } from '../codec/bytes.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { topSeq } from '../event/ranges.ts'
import { currentEpoch, wasGiven } from '../room/currentEpoch.ts'
import type { HeldKey } from '../room/keyBox.ts'
import { deviceHint } from '../room/keyBox.ts'
import type { EpochId } from '../room/operation.ts'
import { controlKeyOf } from '../room/roomKeys.ts'
import type { BegunEpoch, MemberStanding, RoomView } from '../room/roomView.ts'
import type { Room } from './room.ts'
import { maxFloors } from './roomRecords.ts'
import type { RoomWelcome } from './roomWelcome.ts'
import { maxWelcomeKeys, maxWelcomeMembers } from './roomWelcome.ts'

/**
 * What somebody who was let in by an `invite` operation needs. Where the history starts now, the keys open the room log
 * alone, and messages of before are not to be asked for.
 */
export function welcomeTo(room: Room, invite: Uint8Array, history: HistoryAccess): RoomWelcome {
  const { messages } = room
  const seen = [...messages.logs].filter(({ ranges }) => topSeq(ranges) > 0)
  const floors = history === 'all' ? [] : seen.map(({ device, ranges }) => ({ device, seq: topSeq(ranges) }))
  return welcomeOf(room, invite, () => history === 'all', floors)
}

/**
 * What a member needs who has lost the room: every key that it held, by what the room log says, and of the others what
 * opens the room log. `undefined` for somebody who does not belong, and where this device may not know enough itself.
 */
export function welcomeBackTo(room: Room, person: PersonId): RoomWelcome | undefined {
  const { view, own, state, wholeness } = room
  const member = view.members.get(person)
  if (member === undefined || own === undefined || state !== 'active' || wholeness.isTorn) return undefined
  const hadAll = member.history === 'all'
  const held = hadAll ? new Set<EpochId>() : epochsHeldBy(member, [...view.voidEpochs, ...view.epochs])
  const floors = hadAll ? [] : floorsBefore(room, member)
  // Once the room log is there, nobody takes it for an invite: the member has used it, or founded the room.
  return welcomeOf(room, idBytes(member.joined), ({ id }) => hadAll || held.has(id), floors)
}

function welcomeOf(
  { id, view, keys, log, messages, title, record, self }: Room,
  invite: Uint8Array,
  isWhole: (epoch: BegunEpoch) => boolean,
  floors: RoomWelcome['floors'],
): RoomWelcome {
  const current = currentEpoch(view)
  // In the last of them the newcomer writes.
  const older = [...view.voidEpochs, ...view.epochs].filter((epoch) => epoch !== current)
  const epochs = [...older, ...(current === undefined ? [] : [current])]
  const given = epochs.flatMap((epoch) => {
    const held = keys.get(epoch.id)
    return held === undefined ? [] : [isWhole(epoch) ? held : forRoomLog(id, held)]
  })
  return {
    room: id,
    secret: record.secret,
    title,
    invite,
    clock: Math.max(log.clock, messages.clock),
    keys: given.slice(-maxWelcomeKeys),
    floors: floors.slice(-maxFloors),
    members: seniors(view, self),
  }
}

/** Those of highest rank who can be called, besides this person itself. */
function seniors({ members }: RoomView, self: PersonId): RoomWelcome['members'] {
  return [...members.values()]
    .filter(({ person, record }) => person !== self && record.devices.some((one) => one.addressSecret !== undefined))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, maxWelcomeMembers)
    .map(({ record }) => record)
}

/** The epochs whose keys came to a device of this member. */
function epochsHeldBy(member: MemberStanding, epochs: readonly BegunEpoch[]): ReadonlySet<EpochId> {
  const devices = member.record.devices.map(({ device }) => device)
  const sealed = epochs.filter(({ id, hints }) =>
    devices.some((device) => hints.has(deviceHint(id, device)) || wasGiven(id, member, device)),
  )
  return new Set(sealed.map(({ id }) => id))
}

/** Up to which message of each device the history was not for this member: what was written before it joined. */
function floorsBefore({ view, messages }: Room, { joined }: MemberStanding): RoomWelcome['floors'] {
  const line = view.lines.find(({ id }) => id === joined)
  if (line === undefined) return []
  const isBefore = (log: DeviceLog, seq: number): boolean =>
    (messages.timeline.at(log.number, seq)?.clock ?? line.clock) < line.clock
  return [...messages.logs].flatMap((log) => {
    // Clocks only rise in a log.
    let [low, high] = [0, topSeq(log.ranges)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (isBefore(log, middle)) low = middle
      else high = middle - 1
    }
    return low === 0 ? [] : [{ device: log.device, seq: low }]
  })
}

function forRoomLog(room: Uint8Array, { kind, bytes }: HeldKey): HeldKey {
  return { kind: 'control', bytes: kind === 'whole' ? controlKeyOf(room, bytes) : bytes }
}
