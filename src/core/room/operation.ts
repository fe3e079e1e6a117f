/**
 * What members say in a room's control log: who belongs, who may do what, what the room is called, and which keys hold.
 * Everything about a room follows from these operations by `replay`; nobody's word beyond them counts.
 *
 * Persons, devices, operations and epochs are named by lower-case hex strings here, as they are keys of many maps.
 */
import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import { maxMembers, type HistoryAccess, type Role } from '../../shared/rooms.ts'
import type { MemberRecord } from './memberRecord.ts'

declare const brand: unique symbol
/** An operation: the id of its event, 64 hex digits. */
export type OperationId = string & { readonly [brand]: 'OperationId' }
/** An epoch: `roomEpochId` of its key, 32 hex digits. */
export type EpochId = string & { readonly [brand]: 'EpochId' }

/** The most operations one operation names as known to its author. */
export const maxAfter = 64
/** The most devices for which one operation draws a line: all of a full room. */
export const maxCuts = maxMembers
/** The most boxes of one `rekey`: more devices take more operations with the same epoch. */
export const maxBoxes = 256
/** The most earlier epochs whose keys one `rekey` hands on, and the most that one `lacking` names. */
export const maxEarlier = 64

/**
 * How far a device's messages count: what it wrote with a higher seq was not known to whoever drew the line. Operations
 * need no such line: that the author knew them is in what its own operation comes after.
 */
export interface Cut {
  readonly device: DeviceId
  readonly messages: number
}

/** A key for one device. `hint`: 16 hex digits by which the device finds its box, `deviceHint`. */
export interface KeyBox {
  readonly hint: string
  readonly sealed: Uint8Array
}

export type Operation =
  /** The first of all; the room's id is `roomIdOf` its person and nonce, so it needs no trust. */
  | {
      readonly kind: 'found'
      readonly nonce: Uint8Array
      readonly title: string
      readonly topic: string
      readonly whoInvites: 'admins' | 'everybody'
      readonly member: MemberRecord
    }
  /** Opens the room to one person: to whoever holds the secret of a link, or to somebody named. Serves once. */
  | {
      readonly kind: 'invite'
      readonly to: InvitedBy
      readonly role: Exclude<Role, 'owner'>
      readonly history: HistoryAccess
      /** Kept by whoever hands out the keys: replay trusts no clock. */
      readonly expiresAt: number
    }
  | { readonly kind: 'revoke'; readonly invite: OperationId }
  /** A newcomer's own first word. */
  | {
      readonly kind: 'join'
      /** The `invite` it follows. */
      readonly invite: OperationId
      /** For an invite by link: `proveInvite`. */
      readonly proof?: Uint8Array
      /** The epoch to write in whose key the newcomer was given, whole (history `all`) or for the control log alone. */
      readonly epoch: EpochId
      readonly member: MemberRecord
      /** How many messages this device wrote here when it belonged before; 0 otherwise. */
      readonly messages: number
    }
  /** A member's new name, devices or addresses. `cuts`: for devices that are no longer on the list. */
  | { readonly kind: 'profile'; readonly member: MemberRecord; readonly cuts: readonly Cut[] }
  /** `cuts`: every device of the person. Of one who loses rights, what lies beyond does not count as if it had them. */
  | {
      readonly kind: 'role'
      readonly person: PersonId
      readonly role: Exclude<Role, 'owner'>
      readonly cuts: readonly Cut[]
    }
  | { readonly kind: 'remove'; readonly person: PersonId; readonly cuts: readonly Cut[] }
  /** `cuts`: every device of the leaver. */
  | { readonly kind: 'leave'; readonly cuts: readonly Cut[] }
  /** The owner becomes the most senior admin. `cuts`: every device of the next owner. */
  | { readonly kind: 'hand-over'; readonly person: PersonId; readonly cuts: readonly Cut[] }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'topic'; readonly topic: string }
  /** What is written from here on is kept so long; 0: for ever. */
  | { readonly kind: 'lifetime'; readonly lifetimeMs: number }
  | { readonly kind: 'who-invites'; readonly whoInvites: 'admins' | 'everybody' }
  | { readonly kind: 'pin'; readonly message: MessageId }
  | { readonly kind: 'unpin'; readonly message: MessageId }
  /** Takes a message of `person`, who ranks below, back. `edits`: the events that changed it, whose content goes with it. */
  | {
      readonly kind: 'erase'
      readonly message: MessageId
      readonly person: PersonId
      readonly edits: readonly MessageId[]
    }
  /**
   * A new epoch, its key sealed to each device of each member. It travels in clear (`clearEpoch`), because those it is
   * for may share no older key with its author; in clear are hints and boxes only.
   */
  | {
      readonly kind: 'rekey'
      readonly epoch: EpochId
      /** Epochs whose keys are in the boxes as well, for those who may have them and do not. */
      readonly earlier: readonly EpochId[]
      readonly boxes: readonly KeyBox[]
    }
  /** "I belong, and cannot open these": whoever can puts their keys into the next `rekey`. */
  | { readonly kind: 'lacking'; readonly epochs: readonly EpochId[] }
  /** `cuts`: every device of every member. */
  | { readonly kind: 'dissolve'; readonly cuts: readonly Cut[] }

/** Whom an invite admits: whoever proves the link's secret (`inviteKeyPair`), or one person. */
export type InvitedBy =
  { readonly kind: 'link'; readonly key: Uint8Array } | { readonly kind: 'person'; readonly person: PersonId }

/** An operation with what its author knew: the heads of all operations it had replayed, `RoomView.heads`. */
export interface Statement {
  readonly after: readonly OperationId[]
  readonly operation: Operation
}

/**
 * Why an event says nothing to this device. Those of a newer Tincan still say what they came after.
 * - `newer`: of a version or kind that this Tincan does not know
 * - `malformed`: not what any Tincan writes
 * - `foreign-signature`: a member record whose device list the person did not sign, or that is not of this device
 * - `key-missing`, `erased`: its bytes cannot be opened (yet)
 */
export interface Unreadable {
  readonly unreadable: 'newer' | 'malformed' | 'foreign-signature' | 'key-missing' | 'erased'
  readonly after: readonly OperationId[]
}

/** An event of the control log as `replay` takes it. */
export interface ControlEvent {
  readonly id: OperationId
  readonly device: DeviceId
  readonly seq: number
  readonly clock: number
  /** The author's claim; shown, never decided on. */
  readonly sentAt: number
  readonly epoch: EpochId
  readonly content: Statement | Unreadable
}
