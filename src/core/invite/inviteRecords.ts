/** What is kept of invites: one's own, and those of others that one follows. */
import type { ConversationId, InviteId } from '../../shared/ids.ts'
import type { JoinFailure, OwnInvite, PendingJoin } from '../../shared/service.ts'
import { toHex } from '../codec/bytes.ts'
import { hashBytes, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import { messageLogIdOf } from '../room/roomKeys.ts'
import type { RoomGrant } from '../rooms/roomRecords.ts'
import { readGrant, writeGrant } from '../rooms/roomRecords.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import type { Introduction } from './introduction.ts'
import { readIntroduction, writeIntroduction } from './introduction.ts'
import { fingerprintBytes, fingerprintText } from './inviteLink.ts'
import type { InviteCode } from './inviteLink.ts'
import type { RefusalCode } from './inviteMessage.ts'

export const inviteIdBytes = 16

export interface InviteRecord {
  readonly id: Uint8Array
  /** Of the key pair that the invite listens on. */
  readonly seed: Uint8Array
  readonly secret: Uint8Array
  readonly expiresAt: number
  readonly autoAccept: boolean
  /** `expired` is never stored: it follows from the time. */
  readonly state: Exclude<OwnInvite['state'], 'expired'>
  readonly wrongProofs: number
  /** Whoever proved the secret first: nobody else may use the invite from then on. */
  readonly joiner?: Introduction
  /** The joiner has said that it has everything. */
  readonly isComplete: boolean
  /** Where it leads into a room. */
  readonly room?: RoomGrant
}

export interface JoinRecord {
  readonly id: Uint8Array
  readonly code: InviteCode
  /** `unreachable` and `waiting-for-answer` are not told apart on disk. */
  readonly state: 'waiting' | 'joined' | 'failed'
  readonly reason?: JoinFailure
  /** Who it turned out to be. */
  readonly inviter?: Uint8Array
  /** The room that it led to. */
  readonly room?: Uint8Array
}

// The positions in these lists are what is stored: append only.
const inviteStates: readonly InviteRecord['state'][] = ['live', 'joining', 'used', 'revoked', 'refused']
const joinStates: readonly JoinRecord['state'][] = ['waiting', 'joined', 'failed']
const joinFailures: readonly JoinFailure[] = [
  'invite-expired',
  'invite-used',
  'invite-revoked',
  'invite-refused',
  'link-garbled',
]
/** Wrong proofs after which an invite is dead. */
export const maxWrongProofs = 5

export const inviteFormat: RecordFormat<InviteRecord> = {
  kind: 'invite',
  write(writer, record) {
    // Version 2 leads into a room.
    writer
      .uint8(record.room === undefined ? 1 : 2)
      .fixed(record.id)
      .fixed(record.seed)
      .fixed(record.secret)
    writer.uint(record.expiresAt)
    writer.boolean(record.autoAccept).uint8(inviteStates.indexOf(record.state)).uint(record.wrongProofs)
    writer.boolean(record.isComplete).optional(record.joiner, (joiner) => {
      writeIntroduction(writer, joiner)
    })
    if (record.room !== undefined) writeGrant(writer, record.room)
  },
  read(reader) {
    const version = reader.uint8()
    if (version !== 1 && version !== 2) reader.fail()
    const id = reader.fixed(inviteIdBytes)
    const seed = reader.fixed(keyBytes)
    const secret = reader.fixed(keyBytes)
    const expiresAt = reader.uint(maxCounter)
    const autoAccept = reader.boolean()
    const state = inviteStates[reader.uint8()]
    const wrongProofs = reader.uint(maxWrongProofs)
    const isComplete = reader.boolean()
    const joiner = reader.optional(() => readIntroduction(reader))
    const room = version === 2 ? readGrant(reader) : undefined
    if (state === undefined) reader.fail()
    const record = { id, seed, secret, expiresAt, autoAccept, state: state ?? 'revoked', wrongProofs, isComplete }
    return { ...record, ...(joiner && { joiner }), ...(room && { room }) }
  },
}

export const joinFormat: RecordFormat<JoinRecord> = {
  kind: 'join',
  write(writer, record) {
    const { publicKey, secret, expiresAt, fingerprint } = record.code
    // Version 2 leads into a room.
    writer.uint8(record.code.isRoom === true ? 2 : 1)
    writer.fixed(record.id).fixed(publicKey).fixed(secret).uint(expiresAt).fixed(fingerprint)
    writer.uint8(joinStates.indexOf(record.state))
    writer.optional(record.reason, (reason) => writer.uint8(joinFailures.indexOf(reason)))
    writer.optional(record.inviter, (inviter) => writer.fixed(inviter))
    if (record.code.isRoom === true) writer.optional(record.room, (room) => writer.fixed(room))
  },
  read(reader): JoinRecord {
    const version = reader.uint8()
    if (version !== 1 && version !== 2) reader.fail()
    const id = reader.fixed(inviteIdBytes)
    const publicKey = reader.fixed(publicKeyBytes)
    const secret = reader.fixed(keyBytes)
    const expiresAt = reader.uint(maxCounter)
    const fingerprint = reader.fixed(fingerprintBytes)
    const code = { publicKey, secret, expiresAt, fingerprint, ...(version === 2 && { isRoom: true as const }) }
    const state = joinStates[reader.uint8()]
    const reason = reader.optional(() => joinFailures[reader.uint8()])
    const inviter = reader.optional(() => reader.fixed(publicKeyBytes))
    const room = version === 2 ? reader.optional(() => reader.fixed(hashBytes)) : undefined
    if (state === undefined) reader.fail()
    return {
      id,
      code,
      state: state ?? 'failed',
      ...(reason && { reason }),
      ...(inviter && { inviter }),
      ...(room && { room }),
    }
  },
}

/** What listings show of an invite. */
export function viewInvite(record: InviteRecord, nowMs: number): OwnInvite {
  const { id, expiresAt, autoAccept, state, joiner, room } = record
  const isExpired = (state === 'live' || state === 'joining') && nowMs >= expiresAt
  return {
    invite: toHex(id) as InviteId,
    expiresAt,
    autoAccept,
    state: isExpired ? 'expired' : state,
    ...(joiner && { joiner: { person: joiner.personId, name: joiner.name } }),
    ...(room && {
      room: {
        conversation: toHex(messageLogIdOf(room.room)) as ConversationId,
        role: room.role,
        history: room.history,
      },
    }),
  }
}

/** Why a proven caller is not let in; `undefined` for one who is. `isSame`: it is the one who has the seat. */
export function refusalFor(record: InviteRecord, isSame: boolean, nowMs: number): RefusalCode | undefined {
  if (record.state === 'revoked') return 'invite-revoked'
  if (record.joiner !== undefined && !isSame) return 'invite-used'
  if (record.state === 'refused') return 'invite-refused'
  if (record.joiner === undefined && nowMs >= record.expiresAt) return 'invite-expired'
  return undefined
}

/** What listings show of a join. `isAnswered`: the inviter was reached and is to decide. */
export function viewJoin({ id, code, state, reason }: JoinRecord, isAnswered: boolean | undefined): PendingJoin {
  const waiting = isAnswered === true ? 'waiting-for-answer' : 'unreachable'
  return {
    join: toHex(id),
    inviter: fingerprintText(code.fingerprint),
    expiresAt: code.expiresAt,
    state: state === 'waiting' ? waiting : state,
    ...(reason && { reason }),
  }
}
