/** What the control log of a room comes to: the same for everybody who holds the same operations. */
import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { HistoryAccess, Role, RoomBody } from '../../shared/rooms.ts'
import type { EpochId, Operation, OperationId, Unreadable } from './operation.ts'
import type { MemberRecord } from './memberRecord.ts'

export interface MemberStanding {
  readonly person: PersonId
  readonly role: Role
  /** Smaller acts on larger, never on equal: 0 the owner, then the admins by seniority, then all others alike. */
  readonly rank: number
  /** Name, devices and addresses, as of its last word. */
  readonly record: MemberRecord
  readonly history: HistoryAccess
  /** The `found` or `join` that brought this member in. */
  readonly joined: OperationId
  /** The claimed time of that. */
  readonly joinedAt: number
  /** The device that joined, and the epoch whose key it was given whole before; none where the history is `from-now`. */
  readonly given?: { readonly device: DeviceId; readonly epoch: EpochId }
  /** Whose invite it was; absent for the founder. */
  readonly invitedBy?: PersonId
  /** Epochs that this member says it belongs to and cannot open. */
  readonly lacking: readonly EpochId[]
}

export interface FormerMember {
  readonly person: PersonId
  readonly record: MemberRecord
  /** The `remove` or `leave`. */
  readonly by: OperationId
  readonly how: 'left' | 'removed'
}

/** An invite that still serves. */
export interface OpenInvite {
  readonly operation: Extract<Operation, { kind: 'invite' }>
  readonly id: OperationId
  readonly inviter: PersonId
}

/** An epoch that somebody began, and who was given its key. */
export interface BegunEpoch {
  readonly id: EpochId
  /** The `found` or the first `rekey`. */
  readonly operation: OperationId
  /** `deviceHint` of every device it was sealed to. */
  readonly hints: ReadonlySet<string>
  /** Earlier epochs whose keys came with it. */
  readonly earlier: ReadonlySet<EpochId>
}

/** An epoch of the room. */
export interface RoomEpoch extends BegunEpoch {
  readonly author: PersonId
  /** The author's claim. */
  readonly startedAt: number
  /** Somebody who is out may hold its key, or may be handed it by whoever does not know of that: nobody writes in it. */
  readonly isClosed: boolean
}

declare const brand: unique symbol
/** A message and whose it is said to be. */
export type ErasedKey = string & { readonly [brand]: 'ErasedKey' }
export const erasedKey = (message: MessageId, person: PersonId): ErasedKey => (message + person) as ErasedKey

/** A message that somebody of higher rank took back, or an event that changed it. */
export interface ErasedMessage {
  readonly message: MessageId
  readonly by: PersonId
  /** Whose it is said to be: one of somebody else stays. */
  readonly person: PersonId
  /** What is left: a line that says so, or nothing. */
  readonly part: 'line' | 'about'
}

/** Messages of a device that count: `from` to `to` inclusive; no `to`: from there on. */
export interface Span {
  readonly from: number
  readonly to?: number
}

/** A device that wrote in this room, now or once. */
export interface DeviceStanding {
  readonly person: PersonId
  /** Ascending; what lies outside is void: neither shown nor counted. */
  readonly messages: readonly Span[]
}

/** A line to show among the messages, at the place of its operation. */
export interface RoomLine {
  readonly clock: number
  readonly id: OperationId
  readonly author: PersonId
  readonly device: DeviceId
  readonly sentAt: number
  readonly body: RoomBody
}

export type RefusalReason =
  | Unreadable['unreadable']
  /** Nothing was founded yet, or it was founded already. */
  | 'not-the-founding'
  /** The author does not belong, or its device is not on its list. */
  | 'not-a-member'
  /** The author's role does not suffice. */
  | 'not-allowed'
  /** The person it is about ranks no lower than the author. */
  | 'outranked'
  | 'unknown-person'
  | 'already-a-member'
  /** Used, revoked, never made, made by somebody who may not, or older than the removal of the newcomer. */
  | 'unknown-invite'
  | 'wrong-proof'
  | 'room-full'
  | 'dissolved'
  | 'owner-must-hand-over'
  | 'too-many-pins'
  /** An epoch whose boxes no member can open. */
  | 'sealed-to-nobody'
  /** An epoch that somebody else has begun. */
  | 'epoch-taken'
  /** Sealed under a key that was never announced. */
  | 'unknown-epoch'
  /** A record of another person, or an older one. */
  | 'foreign-record'
  /** Its clock is not later than what it says it came after. */
  | 'clock'

/** An operation that has no effect. It is kept and passed on like every other. */
export interface Refusal {
  readonly operation: OperationId
  readonly device: DeviceId
  readonly kind?: Operation['kind']
  readonly reason: RefusalReason
}

export interface RoomView {
  /** False until the founding operation is here. */
  readonly isFounded: boolean
  readonly title: string
  readonly topic: string
  /** For how long what is written is kept; 0: for ever. */
  readonly lifetimeMs: number
  readonly whoInvites: 'admins' | 'everybody'
  readonly isDissolved: boolean
  /** Those who belong, in the order of joining. */
  readonly members: ReadonlyMap<PersonId, MemberStanding>
  /** Those who do not belong any more. */
  readonly former: ReadonlyMap<PersonId, FormerMember>
  readonly devices: ReadonlyMap<DeviceId, DeviceStanding>
  readonly invites: ReadonlyMap<OperationId, OpenInvite>
  /** In the order of pinning. */
  readonly pinned: readonly MessageId[]
  /** Taken back by whoever may; what authors took back themselves stands in the messages. */
  readonly erased: ReadonlyMap<ErasedKey, ErasedMessage>
  /** In the order of replay: the last is the newest. */
  readonly epochs: readonly RoomEpoch[]
  /**
   * Epochs begun by somebody who, as it turned out, did not belong at that place, and given to somebody who did. Who did not
   * know better may have written in them, so everybody needs their keys to read that; nobody writes in them any more.
   */
  readonly voidEpochs: readonly BegunEpoch[]
  /** In the order of (clock, id), as the messages among which they stand. */
  readonly lines: readonly RoomLine[]
  readonly refused: readonly Refusal[]
  /** What the next operation comes after: its `Statement.after`. */
  readonly heads: readonly OperationId[]
  /** Operations that wait for others which are not here yet. */
  readonly waiting: number
  /** An operation of a newer Tincan was left out. */
  readonly needsNewer: boolean
}
