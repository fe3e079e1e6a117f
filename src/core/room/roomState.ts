/** What replay has come to so far. Changed in place by `apply` only; `viewOf` gives what others see of it. */
import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Role } from '../../shared/rooms.ts'
import type { OperationPosition } from './operationPosition.ts'
import type { Limits } from './limits.ts'
import { writtenSpans } from './limits.ts'
import type { EpochId, OperationId } from './operation.ts'
import type {
  BegunEpoch,
  DeviceStanding,
  ErasedKey,
  ErasedMessage,
  FormerMember,
  MemberStanding,
  OpenInvite,
  Refusal,
  RoomEpoch,
  RoomLine,
  RoomView,
} from './roomView.ts'

/** A device that spoke, whose it is, and how far its messages count. */
export interface DeviceState {
  readonly person: PersonId
  readonly messages: Limits
}

/** A setting and the place of the operation that set it: of two at once, the later one in the room's order holds. */
export interface Setting<T> {
  readonly value: T
  readonly at: OperationPosition
}

export interface RoomState {
  readonly room: Uint8Array
  isFounded: boolean
  isDissolved: boolean
  title: Setting<string>
  topic: Setting<string>
  lifetimeMs: Setting<number>
  whoInvites: Setting<'admins' | 'everybody'>
  readonly members: Map<PersonId, MemberStanding>
  /** By which operation the room came to its owner; absent where that is its founder. */
  cameBy: OperationId | undefined
  /** By seniority. */
  admins: readonly PersonId[]
  readonly former: Map<PersonId, FormerMember>
  readonly devices: Map<DeviceId, DeviceState>
  readonly invites: Map<OperationId, OpenInvite>
  pinned: readonly MessageId[]
  readonly erased: Map<ErasedKey, ErasedMessage>
  readonly epochs: RoomEpoch[]
  readonly epochPlaces: Map<EpochId, number>
  readonly voidEpochs: BegunEpoch[]
  /** Those of the operations by which somebody went, or a device, that no other one of them came after. */
  departures: readonly OperationId[]
  readonly lines: RoomLine[]
  readonly refused: Refusal[]
}

/** Whoever is neither owner nor admin. */
export const memberRank = 1_000
/** Whoever does not belong. */
export const strangerRank = memberRank + 1

const nowhere: OperationPosition = { clock: 0, id: '' }

export function emptyRoom(room: Uint8Array): RoomState {
  return {
    room,
    isFounded: false,
    isDissolved: false,
    title: { value: '', at: nowhere },
    topic: { value: '', at: nowhere },
    lifetimeMs: { value: 0, at: nowhere },
    whoInvites: { value: 'admins', at: nowhere },
    members: new Map(),
    cameBy: undefined,
    admins: [],
    former: new Map(),
    devices: new Map(),
    invites: new Map(),
    pinned: [],
    erased: new Map(),
    epochs: [],
    epochPlaces: new Map(),
    voidEpochs: [],
    departures: [],
    lines: [],
    refused: [],
  }
}

/** Whether somebody of this role may invite to that one. */
export function mayInvite(whoInvites: 'admins' | 'everybody', role: Role, invited: Role): boolean {
  if (role === 'owner' || role === 'admin') return invited !== 'owner'
  return role === 'member' && whoInvites === 'everybody' && (invited === 'member' || invited === 'read-only')
}

/** The invites by which somebody can come in: those whose authors may still invite to what they say. */
export function openInvites({ invites, members, whoInvites }: RoomState): Map<OperationId, OpenInvite> {
  return new Map(
    [...invites].filter(([, { inviter, operation }]) => {
      const member = members.get(inviter)
      return member !== undefined && mayInvite(whoInvites.value, member.role, operation.role)
    }),
  )
}

/** What others see, in memory of its own. */
export function viewOf(state: RoomState, heads: readonly OperationId[], waiting: number): RoomView {
  return {
    isFounded: state.isFounded,
    title: state.title.value,
    topic: state.topic.value,
    lifetimeMs: state.lifetimeMs.value,
    whoInvites: state.whoInvites.value,
    isDissolved: state.isDissolved,
    members: new Map(state.members),
    former: new Map(state.former),
    devices: new Map([...state.devices].map(([device, standing]) => [device, deviceStanding(standing)])),
    invites: openInvites(state),
    pinned: state.pinned,
    erased: new Map(state.erased),
    epochs: [...state.epochs],
    voidEpochs: [...state.voidEpochs],
    lines: [...state.lines],
    refused: [...state.refused],
    heads,
    waiting,
    needsNewer: state.refused.some(({ reason }) => reason === 'newer'),
  }
}

const standings = new WeakMap<DeviceState, DeviceStanding>()

function deviceStanding(state: DeviceState): DeviceStanding {
  const present = standings.get(state)
  if (present !== undefined) return present
  const standing = { person: state.person, messages: writtenSpans(state.messages) }
  standings.set(state, standing)
  return standing
}
