/** What a device notes of a room once others have said something, by `note`, which resolves once that is on disk. */
import type { PersonId } from '../../shared/ids.ts'
import type { Room } from './room.ts'
import type { RoomRecord } from './roomRecords.ts'

type Note = (changes: Partial<RoomRecord>) => Promise<void>

/**
 * Once another member knows that this person left, and all that it came after, nothing is shared any more. Whoever is no
 * member cannot pass it on: a guest, or somebody who was removed.
 */
export async function noteParting({ state, record, log, view, others }: Room, note: Note): Promise<void> {
  if (state !== 'left' || record.isParted) return
  const said = [...log.logs].filter(({ deviceId }) => view.devices.has(deviceId))
  const holders = said.map(({ delivery, ranges }) => delivery.holdersOf(ranges))
  if ([...others].some((person) => holders.every((held) => held.has(person)))) await note({ isParted: true })
}

/** Once a member has given back what was lost here, members alone are told again. */
export async function noteMending({ record, view }: Room, person: PersonId, note: Note): Promise<void> {
  if (record.isTorn && view.members.has(person)) await note({ isTorn: false })
}
