/** What a device notes of a room once others have said something, by `note`, which resolves once that is on disk. */
import type { PersonId } from '../../shared/ids.ts'
import type { Room } from './room.ts'
import type { RoomRecord } from './roomRecords.ts'

type Note = (changes: Partial<RoomRecord>) => Promise<void>

/**
 * Once another member knows that this person left, nothing is shared any more. Whoever is no member cannot pass it on: a
 * guest, or somebody who was removed.
 */
export async function noteParting({ state, record, log, others }: Room, note: Note): Promise<void> {
  const isKnown = [...log.confirmedBy].some((person) => others.has(person))
  if (state === 'left' && !record.isParted && isKnown) await note({ isParted: true })
}

/** Once a member has given back what was lost here, members alone are told again. */
export async function noteMending({ record, view }: Room, person: PersonId, note: Note): Promise<void> {
  if (record.isTorn && view.members.has(person)) await note({ isTorn: false })
}
