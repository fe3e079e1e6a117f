import { toHex } from '../codec/bytes.ts'
import type { OperationId } from '../room/operation.ts'
import type { Room } from './room.ts'
import type { Guest } from './roomRecords.ts'

/** Whether the room log says nothing yet of a guest, or of this device as somebody's guest. */
export function isPendingGuest({ own, replay, view }: Room, { introduction, invite }: Guest): boolean {
  const id = toHex(invite) as OperationId
  // Whoever let this device in may know of a removal that has not been heard of here: only its invite ends the wait.
  if (own === undefined || !replay.has(id)) return true
  return view.invites.has(id) && !view.members.has(introduction.personId)
}
