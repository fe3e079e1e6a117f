/**
 * The one service of Tincan: what a window, a headless process and later another window of the same person can ask,
 * and what they are told. `headless` serves exactly these names over JSON-RPC 2.0; README documents them.
 *
 * Times are milliseconds since 1970 UTC. Parameters are untrusted: the core parses them field by field and answers
 * `invalid-params` otherwise.
 */
import type { ContactNotifications, ContactRequests } from './contacts.ts'
import type { CodeRequests, PatchBody, PatchResultBody, SnippetBody } from './code.ts'
import type { ConversationId, DeviceId, InviteId, MessageId, PersonId } from './ids.ts'
import type { InviteRequests, OwnInvite, PendingJoin } from './invites.ts'
import type { MessageNotifications, MessageRequests, Placed, Told } from './messages.ts'
import type { LifetimeRequests } from './lifetime.ts'
import type { NetworkStatus } from './networkStatus.ts'
import type { NotificationLevel, RoomBody, RoomDetails, RoomNotifications, RoomRequests } from './rooms.ts'
import type { ArchiveRequests } from './archive.ts'
import type { SafetyNotifications, SafetyRequests } from './safety.ts'
import type { FileBody, FileNotifications, FileRequests } from './files.ts'
import type { SearchRequests } from './search.ts'
import type { SecretFinding } from './secrets.ts'
import type { SignalRequests, Signals } from './signals.ts'
import type { StoreNotifications, StoreRequests } from './store.ts'

export type * from './code.ts'
export type * from './files.ts'
export type * from './invites.ts'
export type * from './networkStatus.ts'
export type * from './signals.ts'

/** The most UTF-8 bytes of a text message or a snippet's text. */
export const maxTextBytes = 16 * 1024
/** The most UTF-8 bytes of a display name. */
export const maxNameBytes = 64
/** The most messages one `conversation/history` returns. */
export const maxHistoryPage = 200

export interface TextBody extends Placed {
  readonly kind: 'text'
  /** Markdown. */
  readonly text: string
  /** Whom it names with `@`: at most `maxMentions`, each once. */
  readonly mentions?: readonly PersonId[]
}

/** What somebody can send. */
export type SendBody = TextBody | SnippetBody | PatchBody

/** What a device can write into a conversation: what its user sends, and what it says of a message sent before. */
export type WrittenBody = SendBody | PatchResultBody

/** A line that this device wrote for its own user; it is never sent. */
export type NoticeBody = {
  readonly kind: 'notice'
  readonly notice: 'contact-added' | 'keys-changed' | 'verified' | 'unverified' | 'conflicting-history' | 'flooding'
  readonly person: PersonId
}

/** A body that cannot be read: of a later kind, without its key or bytes at hand, or taken back. */
export interface UnreadableBody {
  readonly kind: 'unreadable'
  readonly why: 'newer' | 'key-missing' | 'damaged' | 'erased' | 'missing'
}

/** What a message shows. What is said of another message is told with that one. */
export type MessageBody = SendBody | FileBody | NoticeBody | RoomBody | UnreadableBody

/**
 * - `queued`: on this disk, on no open link
 * - `sent`: on this disk, and handed to an open link; in a room also: at least one member has it
 * - `delivered`: the other side says that it has it on disk; in a room: every other member does
 * - `received`: written by somebody else
 */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'received'

export interface Message extends Told {
  readonly id: MessageId
  readonly author: PersonId
  readonly device: DeviceId
  readonly seq: number
  readonly clock: number
  /** The sender's claim. */
  readonly sentAt: number
  /** The claim cannot be right: it lies in the future, or long before messages that came earlier. */
  readonly sentAtDoubtful?: true
  readonly body: MessageBody
  readonly state: MessageState
  /** Of one's own messages in a room: how many other members say that they have it on disk. */
  readonly deliveredTo?: number
  /** It mentions this person. */
  readonly mentionsSelf?: true
}

export interface Member {
  readonly person: PersonId
  /** As this user sees it: the name that the person has chosen, or the one that this user has given it. */
  readonly name: string
  /** What the person calls itself, where this user calls it otherwise. */
  readonly ownName?: string
  /** The name cannot be told from another one's by eye, of a contact or of a member of the same room. */
  readonly looksLikeAnother?: boolean
  /** This user wants to hear nothing of the person. */
  readonly blocked?: true
  /** The user compared the safety number of this person's current keys. */
  readonly verified: boolean
}

export interface Conversation extends Signals {
  readonly id: ConversationId
  readonly kind: 'direct' | 'room'
  /** The one with oneself: notes that nobody else gets. */
  readonly isSelf?: true
  readonly title: string
  /** Everybody but oneself. */
  readonly members: readonly Member[]
  readonly unread: number
  /** At least one device of another member is linked now. */
  readonly online: boolean
  /** Newer than this marker is unread. */
  readonly readUpTo?: MessageId
  readonly last?: {
    readonly id: MessageId
    readonly author: PersonId
    readonly sentAt: number
    readonly summary: string
  }
  /** What is written here now disappears after so long; absent: it stays. */
  readonly lifetimeMs?: number
  /** History still being fetched from others: how many messages are known to exist and not yet here. */
  readonly missing: number
  /** Present exactly where `kind` is `room`. */
  readonly room?: RoomDetails
  /** How loudly this device tells of it. */
  readonly notify: { readonly level: NotificationLevel; readonly mutedUntil?: number }
}

export interface Identity {
  readonly person: PersonId
  readonly device: DeviceId
  readonly name: string
}

/** Why an identity that is there cannot be opened. */
export type LockedReason = 'secret-missing' | 'secret-wrong' | 'damaged'

export type IdentityState =
  | { readonly kind: 'none' }
  | { readonly kind: 'locked'; readonly reason: LockedReason }
  /**
   * `phrasePending`: the user has not said that the recovery phrase is written down. `reunionSince`: since then contacts
   * may be missing, who come back as they are online, each with the messages exchanged with them.
   */
  | {
      readonly kind: 'ready'
      readonly identity: Identity
      readonly phrasePending: boolean
      readonly reunionSince?: number
    }

type Nothing = Record<string, never>

/** Every request: its parameters and its result. A refusal is a `ChatError`. */
export interface ServiceRequests
  extends
    CodeRequests,
    InviteRequests,
    RoomRequests,
    ContactRequests,
    SafetyRequests,
    ArchiveRequests,
    SearchRequests,
    SignalRequests,
    StoreRequests,
    MessageRequests,
    LifetimeRequests,
    FileRequests {
  'identity/state': { params: Nothing; result: IdentityState }
  'identity/get': { params: Nothing; result: Identity | null }
  /** Refused unless there is no identity at all. `phrase` is 24 words, space-separated. */
  'identity/create': { params: { name: string }; result: { person: PersonId; device: DeviceId; phrase: string } }
  /** The phrase once more, while it is not confirmed. */
  'identity/phrase': { params: Nothing; result: { phrase: string } }
  /** The user has written the phrase down: it is erased from this device. */
  'identity/confirmPhrase': { params: { phrase?: string }; result: null }
  /** Unlocks a locked identity with its phrase and gives it a new secret. */
  'identity/recover': { params: { phrase: string }; result: Identity }
  /** Where there is no identity: makes the one of this phrase again, with a new device that waits for its contacts. */
  'identity/restore': { params: { phrase: string; name: string }; result: Identity }
  'identity/rename': { params: { name: string }; result: null }

  'conversation/list': { params: Nothing; result: readonly Conversation[] }
  /**
   * Oldest first: the newest `limit` messages before `before` (or the newest of all), or the oldest `limit` after `after`.
   * `hasMore`: there are further ones on that side.
   */
  'conversation/history': {
    params: { conversation: ConversationId; before?: MessageId; after?: MessageId; limit: number }
    result: { messages: readonly Message[]; hasMore: boolean }
  }
  'conversation/read': { params: { conversation: ConversationId; upTo: MessageId }; result: null }
  /** `thread`: of the one that began with this message; else of the conversation. */
  'draft/get': { params: { conversation: ConversationId; thread?: MessageId }; result: { text: string } }
  'draft/set': { params: { conversation: ConversationId; text: string; thread?: MessageId }; result: null }

  /** One message, such as a pinned one; `null` while it is not on this disk. */
  'message/get': { params: { conversation: ConversationId; message: MessageId }; result: Message | null }
  /** A request with a `token` (32 hex digits) can be repeated: the message is written once, and named again. */
  'message/send': {
    params: { conversation: ConversationId; body: SendBody; token?: string }
    result: { id: MessageId; seq: number; state: MessageState }
  }

  /** What in a text, or in the name of the file it is from, looks like a secret. Nothing of it is kept or logged. */
  'scan/text': { params: { text: string; name?: string }; result: { findings: readonly SecretFinding[] } }

  'network/status': { params: Nothing; result: NetworkStatus }
  /** Tries every contact at once, and the network anew. */
  'network/retry': { params: Nothing; result: null }
  shutdown: { params: Nothing; result: null }
}

/** What subscribers are told. */
export interface ServiceNotifications
  extends
    RoomNotifications,
    ContactNotifications,
    SafetyNotifications,
    StoreNotifications,
    MessageNotifications,
    FileNotifications {
  'identity/changed': IdentityState
  /** In order of arrival. A long backfill announces `conversation/changed` instead of each message. */
  'message/added': { readonly conversation: ConversationId; readonly message: Message }
  'message/changed': { readonly conversation: ConversationId; readonly message: Message }
  'conversation/changed': { readonly conversation: Conversation }
  'invite/joining': { readonly invite: InviteId; readonly person: PersonId; readonly name: string }
  'invite/changed': { readonly own?: OwnInvite; readonly join?: PendingJoin; readonly conversation?: ConversationId }
  'network/changed': NetworkStatus
}

export type ServiceMethod = keyof ServiceRequests
export type ServiceNotification = keyof ServiceNotifications

/** The typed door to the core, the same in memory, over stdio and, later, over a window's socket. */
export interface ChatService {
  /** Rejects with a `ChatError`, and only with that. */
  request<M extends ServiceMethod>(
    method: M,
    params: ServiceRequests[M]['params'],
  ): Promise<ServiceRequests[M]['result']>
  on<N extends ServiceNotification>(
    notification: N,
    listener: (value: ServiceNotifications[N]) => void,
  ): { dispose(): void }
}
