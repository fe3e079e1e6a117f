import { chatError } from '../../shared/chatError.ts'
import { keyPairFromSeed } from '../crypto/primitives.ts'
import { encodeInviteLink, inviterFingerprint } from './inviteLink.ts'
import { viewInvite, type InviteRecord } from './inviteRecords.ts'

/** The link of an invite of the person with this root key (32 bytes). */
export function linkOfInvite({ seed, secret, expiresAt, room }: InviteRecord, rootPublicKey: Uint8Array): string {
  const { publicKey } = keyPairFromSeed(seed)
  const fingerprint = inviterFingerprint(rootPublicKey)
  return encodeInviteLink({ publicKey, secret, expiresAt, fingerprint, ...(room && { isRoom: true as const }) })
}

/** Throws `invite-expired` for one whose time is over. */
export function requireUnexpired(record: InviteRecord, nowMs: number): void {
  if (viewInvite(record, nowMs).state === 'expired') throw chatError('invite-expired')
}

/** Throws what says how an invite ended that nobody can use any more. */
export function requireUsable(record: InviteRecord, nowMs: number): void {
  requireUnexpired(record, nowMs)
  const { state } = record
  if (state === 'revoked' || state === 'refused') throw chatError(`invite-${state}`)
  if (state !== 'live') throw chatError('invite-used')
}
