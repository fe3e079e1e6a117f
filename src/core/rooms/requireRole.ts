import { chatError } from '../../shared/chatError.ts'
import { roles, type Role } from '../../shared/rooms.ts'
import type { MemberStanding } from '../room/roomView.ts'
import type { Room } from './room.ts'

/** This person as a member, who may do what takes this role. Throws the `ChatError` that says why it may not. */
export function requireRole({ own, view, wholeness }: Room, least: Role): MemberStanding {
  if (view.isDissolved) throw chatError('room-dissolved')
  if (wholeness.isTorn) throw chatError('room-incomplete')
  if (own === undefined) throw chatError('not-a-member')
  if (roles.indexOf(own.role) > roles.indexOf(least)) throw chatError('not-allowed')
  return own
}
