import type { HistoryAccess } from '../../shared/rooms.ts'
import { topSeq } from '../event/ranges.ts'
import { currentEpoch } from '../room/currentEpoch.ts'
import type { HeldKey } from '../room/keyBox.ts'
import { controlKeyOf } from '../room/roomKeys.ts'
import type { Room } from './room.ts'
import { maxFloors } from './roomRecords.ts'
import type { RoomWelcome } from './roomWelcome.ts'
import { maxWelcomeKeys } from './roomWelcome.ts'

/**
 * What somebody who was let in by an `invite` operation needs. Where the history starts now, the keys open the room log
 * alone, and messages of before are not to be asked for.
 */
export function welcomeTo(room: Room, invite: Uint8Array, history: HistoryAccess): RoomWelcome {
  const { id, view, keys, log, messages, title, record } = room
  const current = currentEpoch(view)
  // In the last of them the newcomer writes.
  const older = [...view.voidEpochs, ...view.epochs].filter((epoch) => epoch !== current)
  const epochs = [...older, ...(current === undefined ? [] : [current])]
  const held = epochs.flatMap((epoch) => keys.get(epoch.id) ?? [])
  const given = history === 'all' ? held : held.map((key) => forRoomLog(id, key))
  const seen = [...messages.logs].filter(({ ranges }) => topSeq(ranges) > 0)
  const floors = history === 'all' ? [] : seen.map(({ device, ranges }) => ({ device, seq: topSeq(ranges) }))
  return {
    room: id,
    secret: record.secret,
    title,
    invite,
    clock: Math.max(log.clock, messages.clock),
    keys: given.slice(-maxWelcomeKeys),
    floors: floors.slice(-maxFloors),
  }
}

function forRoomLog(room: Uint8Array, { kind, bytes }: HeldKey): HeldKey {
  return { kind: 'control', bytes: kind === 'whole' ? controlKeyOf(room, bytes) : bytes }
}
