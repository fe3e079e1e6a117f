/** Who may do what, decided by the state at an operation's place and by nothing else. */
import { assertNever } from '../../shared/assertNever.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { maxMembers, maxPinned } from '../../shared/rooms.ts'
import { isSealedToSomebody } from './isSealedToSomebody.ts'
import type { Operation, OperationId } from './operation.ts'
import type { FormerMember, MemberStanding, OpenInvite, RefusalReason, RoomEpoch, RoomView } from './roomView.ts'
import { mayInvite } from './roomState.ts'
import { successorOf } from './successorOf.ts'

/** The state of a room as far as rights depend on it. */
export interface JudgedRoom {
  readonly members: ReadonlyMap<PersonId, MemberStanding>
  readonly former: ReadonlyMap<PersonId, FormerMember>
  readonly invites: ReadonlyMap<OperationId, OpenInvite>
  readonly whoInvites: 'admins' | 'everybody'
  readonly pinned: readonly unknown[]
  readonly epochs: readonly RoomEpoch[]
}

/** A member who says something, and the device that it says it with. */
export interface Actor {
  readonly member: MemberStanding
  readonly device: DeviceId
  /** An owner who did not know yet that the room had come to it. */
  readonly isUnaware?: boolean
}

/** What a member says about a room that it belongs to: everything but `found` and `join`. */
export type MemberOperation = Exclude<Operation, { kind: 'found' | 'join' }>

/** Why the actor may not do this here; `undefined` if it may. */
export function judge(room: JudgedRoom, actor: Actor, operation: MemberOperation): RefusalReason | undefined {
  const { member, device } = actor
  const isAdmin = member.role === 'owner' || member.role === 'admin'
  switch (operation.kind) {
    case 'invite':
      return judgeInvite(room, member, operation)
    case 'revoke': {
      const invite = room.invites.get(operation.invite)
      if (invite === undefined) return 'unknown-invite'
      if (invite.inviter === member.person) return undefined
      return isAdmin ? outranks(room, member, invite.inviter) : 'not-allowed'
    }
    case 'profile': {
      const { person, version, devices } = operation.member
      const isOwn = person === member.person && devices.some((one) => one.device === device)
      return isOwn && version >= member.record.version ? undefined : 'foreign-record'
    }
    case 'role':
      if (!isAdmin) return 'not-allowed'
      return room.members.has(operation.person) ? outranks(room, member, operation.person) : 'unknown-person'
    case 'remove':
      if (!isAdmin) return 'not-allowed'
      // Somebody who left can still be removed, so that others draw the line.
      if (room.former.get(operation.person)?.how === 'left') return undefined
      return room.members.has(operation.person) ? outranks(room, member, operation.person) : 'unknown-person'
    case 'leave':
      if (member.role !== 'owner') return undefined
      // Whoever is gone already and hears nothing any more cannot be kept.
      return actor.isUnaware === true && successorOf(room.members, member.person) !== undefined
        ? undefined
        : 'owner-must-hand-over'
    case 'hand-over':
      if (member.role !== 'owner') return 'not-allowed'
      return room.members.has(operation.person) ? outranks(room, member, operation.person) : 'unknown-person'
    case 'title':
    case 'topic':
    case 'lifetime':
    case 'who-invites':
    case 'unpin':
      return isAdmin ? undefined : 'not-allowed'
    case 'pin':
      if (!isAdmin) return 'not-allowed'
      return room.pinned.length < maxPinned || room.pinned.includes(operation.message) ? undefined : 'too-many-pins'
    case 'erase':
      if (!isAdmin) return 'not-allowed'
      // Whoever does not belong any more ranks below everybody.
      return room.members.has(operation.person) ? outranks(room, member, operation.person) : undefined
    case 'rekey': {
      const present = room.epochs.find(({ id }) => id === operation.epoch)
      if (present !== undefined && present.author !== member.person) return 'epoch-taken'
      return isSealedToSomebody(room.members, operation) ? undefined : 'sealed-to-nobody'
    }
    case 'lacking':
      return undefined
    case 'dissolve':
      return member.role === 'owner' ? undefined : 'not-allowed'
    default:
      return assertNever(operation)
  }
}

function judgeInvite(
  room: JudgedRoom,
  { role: ownRole }: MemberStanding,
  { role, to }: Extract<Operation, { kind: 'invite' }>,
): RefusalReason | undefined {
  if (!mayInvite(room.whoInvites, ownRole, role)) return 'not-allowed'
  if (to.kind === 'person' && room.members.has(to.person)) return 'already-a-member'
  return room.members.size < maxMembers ? undefined : 'room-full'
}

/** Ranks are strict: one acts only on those who rank below, so that of two who act on each other one prevails. */
function outranks(room: JudgedRoom, { rank }: MemberStanding, person: PersonId): RefusalReason | undefined {
  const target = room.members.get(person)
  return target === undefined || rank < target.rank ? undefined : 'outranked'
}

/** Why this person may not do this now; `undefined` if it may. For asking before writing: what counts is the replay. */
export function refusalOf(
  view: RoomView,
  person: PersonId,
  device: DeviceId,
  operation: MemberOperation,
): RefusalReason | undefined {
  if (view.isDissolved) return 'dissolved'
  const member = view.members.get(person)
  return member === undefined ? 'not-a-member' : judge(view, { member, device }, operation)
}
