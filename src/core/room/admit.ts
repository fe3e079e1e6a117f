/** Who comes in: the founder, and newcomers with an invite that serves. */
import { maxMembers } from '../../shared/rooms.ts'
import { isEqual } from '../codec/bytes.ts'
import type { IsBefore } from './departures.ts'
import type { ControlEvent, Operation } from './operation.ts'
import { isInviteProven, roomIdOf } from './roomKeys.ts'
import type { RoomState } from './roomState.ts'
import { mayInvite } from './roomState.ts'
import type { OpenInvite, RefusalReason } from './roomView.ts'

type Found = Extract<Operation, { kind: 'found' }>
type Join = Extract<Operation, { kind: 'join' }>

/** Why this does not found the room; `undefined` if it does. */
export function judgeFounding(state: RoomState, event: ControlEvent, operation: Found): RefusalReason | undefined {
  if (state.isFounded || event.seq !== 1) return 'not-the-founding'
  const { person, devices } = operation.member
  if (!devices.some(({ device }) => device === event.device)) return 'foreign-record'
  return isEqual(roomIdOf(person, operation.nonce), state.room) ? undefined : 'not-the-founding'
}

/** What judging a newcomer asks beyond the state. */
export interface JoinFacts {
  /** Whether the author of `later` knew `earlier`. */
  readonly isBefore: IsBefore
  /** `isInviteProven`, which may be remembered: it depends on the operations alone. */
  isProven(operation: Join, invite: OpenInvite): boolean
}

/** Why the newcomer does not come in; `undefined` if it does. */
export function judgeJoin(
  state: RoomState,
  event: ControlEvent,
  operation: Join,
  facts: JoinFacts,
): RefusalReason | undefined {
  const { person, devices } = operation.member
  const owner = state.devices.get(event.device)?.person ?? person
  if (owner !== person || !devices.some(({ device }) => device === event.device)) return 'foreign-record'
  if (state.members.has(person)) return 'already-a-member'
  const invite = state.invites.get(operation.invite)
  const inviter = invite && state.members.get(invite.inviter)
  if (invite === undefined || inviter === undefined) return 'unknown-invite'
  if (!mayInvite(state.whoInvites.value, inviter.role, invite.operation.role)) return 'unknown-invite'
  // Somebody who was removed comes back only by an invite whose author knew of the removal.
  const former = state.former.get(person)
  if (former?.how === 'removed' && !facts.isBefore(former.by, invite.id)) return 'unknown-invite'
  const { to } = invite.operation
  if (to.kind === 'person' ? to.person !== person : !facts.isProven(operation, invite)) return 'wrong-proof'
  return state.members.size < maxMembers ? undefined : 'room-full'
}

/** Whether a newcomer proved the secret of the link it came by. */
export function isJoinProven(room: Uint8Array, { proof, member }: Join, { id, operation }: OpenInvite): boolean {
  const { to } = operation
  return to.kind === 'link' && proof !== undefined && isInviteProven(proof, to.key, room, id, member.person)
}
