/** Invites of one's own, and those of others that are followed. What the service says of them; `service.ts` has the rest. */
import type { ConversationId, InviteId, PersonId } from './ids.ts'
import type { HistoryAccess, Role } from './rooms.ts'

/** An invite that this person made. */
export interface OwnInvite {
  readonly invite: InviteId
  readonly expiresAt: number
  readonly autoAccept: boolean
  readonly state: 'live' | 'joining' | 'used' | 'revoked' | 'expired' | 'refused'
  readonly joiner?: { readonly person: PersonId; readonly name: string }
  /** Where it leads into a room: which one, and what the newcomer gets there. */
  readonly room?: { readonly conversation: ConversationId; readonly role: Role; readonly history: HistoryAccess }
}

/** An invite of somebody else that this person follows. */
export interface PendingJoin {
  /** Names this attempt on this device only; never the link. */
  readonly join: string
  readonly inviter: string
  readonly expiresAt: number
  /** `abandoned` is told once; listings leave it out. */
  readonly state: 'unreachable' | 'waiting-for-answer' | 'joined' | 'failed' | 'abandoned'
  readonly reason?: JoinFailure
}
export type JoinFailure = 'invite-expired' | 'invite-used' | 'invite-revoked' | 'invite-refused' | 'link-garbled'

type Nothing = Record<string, never>

export interface InviteRequests {
  'invite/create': {
    params: { kind: 'contact'; expiresInMs?: number; autoAccept?: boolean }
    result: { invite: InviteId; link: string; expiresAt: number }
  }
  'invite/list': { params: Nothing; result: { own: readonly OwnInvite[]; joins: readonly PendingJoin[] } }
  /** The link of an invite once more, as long as nobody has used it. */
  'invite/link': { params: { invite: InviteId }; result: { link: string } }
  'invite/revoke': { params: { invite: InviteId }; result: null }
  'invite/confirm': { params: { invite: InviteId; accept: boolean }; result: { conversation?: ConversationId } }
  /** Reads a link without using it. `kind`: what following it leads to. */
  'invite/inspect': {
    params: { link: string }
    result: { kind: 'contact' | 'room'; inviter: string; expiresAt: number }
  }
  'invite/accept': {
    params: { link: string }
    result: { state: 'joined' | 'waiting'; conversation?: ConversationId; join: string }
  }
  /** Stops following somebody's invite. */
  'invite/abandon': { params: { join: string }; result: null }
}
