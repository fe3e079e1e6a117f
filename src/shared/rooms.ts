/** Rooms: conversations of many people. What the service says of them; `service.ts` has the rest. */
import type { ConversationId, InviteId, MessageId, PersonId } from './ids.ts'
import type { LifetimeChange } from './lifetime.ts'
import type { Member } from './service.ts'

/** The most UTF-8 bytes of a room's title. */
export const maxTitleBytes = 128
/** The most UTF-8 bytes of a room's topic. */
export const maxTopicBytes = 1024
/** The most people of a room, those who left not counted. */
export const maxMembers = 256
/** The most pinned messages of a room. */
export const maxPinned = 32
/** The most people one message mentions. */
export const maxMentions = 64

/**
 * What somebody may do, each role all that the next one may:
 * - `owner`: hand the room over, dissolve it, and change every other role; a room has one
 * - `admin`: rename, set the topic, pin, invite, remove and change the roles of those who rank below
 * - `member`: write, and invite where the room says so
 * - `read-only`: read
 */
export const roles = ['owner', 'admin', 'member', 'read-only'] as const
export type Role = (typeof roles)[number]

/** From where on a newcomer can read: the beginning, or the moment of joining. */
export type HistoryAccess = 'all' | 'from-now'

/** What the user of this device wants to be told of. Never sent. */
export type NotificationLevel = 'all' | 'mentions' | 'nothing'

/** Whether this person still belongs to the room. */
export type RoomState = 'active' | 'left' | 'removed' | 'dissolved'

export interface RoomMember extends Member {
  readonly role: Role
  readonly isSelf: boolean
  readonly isContact: boolean
  /** At least one device is linked now; one's own always is. */
  readonly online: boolean
  readonly joinedAt: number
  /** The display name cannot be told from another member's by eye: show part of the id beside it. */
  readonly looksLikeAnother: boolean
}

/** What a room has beside what every conversation has. */
export interface RoomDetails {
  readonly topic: string
  readonly whoInvites: 'admins' | 'everybody'
  readonly state: RoomState
  readonly ownRole: Role
  /** Members, oneself included. */
  readonly memberCount: number
  readonly onlineCount: number
  readonly pinned: readonly MessageId[]
  /** Unread messages that mention this person. */
  readonly mentions: number
  /** Who wrote here and belongs no more, oneself left out: at most `maxMembers`, who went last at the end. */
  readonly former: readonly Member[]
  /** Something of it was lost on this disk, and no member has given it back yet: until then nothing can be said here. */
  readonly isIncomplete?: true
}

/** A line about the room itself, at its place among the messages on every machine. */
export type RoomChange =
  | { readonly change: 'created' }
  | { readonly change: 'joined'; readonly person: PersonId; readonly role: Role; readonly history: HistoryAccess }
  /** `owner`: to whom the room went, where it was the one who left who owned it. */
  | { readonly change: 'left'; readonly person: PersonId; readonly owner?: PersonId }
  | { readonly change: 'removed'; readonly person: PersonId }
  | { readonly change: 'role'; readonly person: PersonId; readonly role: Role }
  | { readonly change: 'title'; readonly title: string }
  | { readonly change: 'topic'; readonly topic: string }
  | { readonly change: 'who-invites'; readonly whoInvites: 'admins' | 'everybody' }
  | { readonly change: 'pinned' | 'unpinned'; readonly message: MessageId }
  /** A new key, because somebody left, or the old one was used long or often enough. */
  | { readonly change: 'rekeyed' }
  | { readonly change: 'dissolved' }
  /** In a direct conversation as well. */
  | LifetimeChange

/** The body of such a line, or of one about a direct conversation; its message's `author` is who did it. */
export type RoomBody = RoomChange & { readonly kind: 'room' }

/** A room that a contact offers. */
export interface RoomOffer {
  /** Names the offer on this device. */
  readonly offer: string
  readonly conversation: ConversationId
  readonly title: string
  readonly topic: string
  readonly inviter: PersonId
  readonly role: Role
  readonly history: HistoryAccess
  readonly memberCount: number
  readonly expiresAt: number
}

/** Every request about rooms: its parameters and its result. A refusal is a `ChatError`. */
export interface RoomRequests {
  'room/create': {
    params: { title: string; topic?: string; whoInvites?: 'admins' | 'everybody' }
    result: { conversation: ConversationId }
  }
  /** With `person`, offers the room to that contact; without, makes a single-use link. Default role `member`, history `all`. */
  'room/invite': {
    params: {
      conversation: ConversationId
      person?: PersonId
      role?: Exclude<Role, 'owner'>
      history?: HistoryAccess
      expiresInMs?: number
    }
    result: { invite: InviteId; link?: string; expiresAt: number }
  }
  /** Oneself included, in the order of joining. */
  'room/members': { params: { conversation: ConversationId }; result: readonly RoomMember[] }
  /** `owner` hands the room over: the owner of until now becomes an admin. */
  'room/setRole': { params: { conversation: ConversationId; person: PersonId; role: Role }; result: null }
  'room/remove': { params: { conversation: ConversationId; person: PersonId }; result: null }
  /** An owner hands the room over, or dissolves it, first: `owner-must-hand-over`. */
  'room/leave': { params: { conversation: ConversationId }; result: null }
  'room/dissolve': { params: { conversation: ConversationId }; result: null }
  'room/set': {
    params: {
      conversation: ConversationId
      title?: string
      topic?: string
      whoInvites?: 'admins' | 'everybody'
      pin?: MessageId
      unpin?: MessageId
    }
    result: null
  }
  'room/offers': { params: Record<string, never>; result: readonly RoomOffer[] }
  'room/answer': { params: { offer: string; accept: boolean }; result: { conversation?: ConversationId } }

  /** Of any conversation: how loudly this device tells of it, and until when not at all. Kept here, never sent. */
  'conversation/notify': {
    params: { conversation: ConversationId; level?: NotificationLevel; mutedUntil?: number | null }
    result: null
  }
}

/** What subscribers are told about rooms; a changed room itself comes as `conversation/changed`. */
export interface RoomNotifications {
  'room/membersChanged': { readonly conversation: ConversationId; readonly members: readonly RoomMember[] }
  /** All open offers, whenever one comes or goes. */
  'room/offersChanged': { readonly offers: readonly RoomOffer[] }
}
