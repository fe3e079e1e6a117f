import type { Role, RoomDetails, RoomMember } from './rooms.ts'
import type { Conversation } from './service.ts'
import type { ViewString } from './viewStrings.ts'

/** What the own role allows, so that menus offer no more. The core decides again, for every member by itself. */
export const isAdmin = ({ state, ownRole }: RoomDetails): boolean =>
  state === 'active' && (ownRole === 'owner' || ownRole === 'admin')

export const canInvite = (room: RoomDetails): boolean =>
  isAdmin(room) || (room.state === 'active' && room.ownRole === 'member' && room.whoInvites === 'everybody')

/** Whether one may change a member's role or remove the member. Among admins, whoever became one first may: the core knows. */
export const canManage = (room: RoomDetails, member: RoomMember): boolean =>
  isAdmin(room) && !member.isSelf && member.role !== 'owner'

/** The roles that one may give, the usual one first. */
export function grantableRoles(ownRole: Role): readonly Exclude<Role, 'owner'>[] {
  return ownRole === 'owner' || ownRole === 'admin' ? ['member', 'admin', 'read-only'] : ['member', 'read-only']
}

/** The sentence that says why nothing can be written here; `undefined` where something can. */
export function whySilent({ room, members }: Conversation): ViewString | undefined {
  if (room === undefined) return members[0]?.blocked === true ? 'silentBlocked' : undefined
  if (room.isIncomplete === true) return 'silentIncomplete'
  switch (room.state) {
    case 'left':
      return 'silentLeft'
    case 'removed':
      return 'silentRemoved'
    case 'dissolved':
      return 'silentDissolved'
    case 'active':
      return room.ownRole === 'read-only' ? 'silentReadOnly' : undefined
  }
}
