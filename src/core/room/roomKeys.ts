/**
 * The names and keys of a room, all derived. A room is two conversations: the *room log* of control operations, whose id
 * is the room's, and the *message log*. One random key an epoch yields a key for each of them, so that somebody can be
 * given the one without the other. Each log names its epochs by `epochIdOf` its own key, as every conversation does.
 */
import type { PersonId } from '../../shared/ids.ts'
import { concat, idBytes, toHex } from '../codec/bytes.ts'
import { epochIdOf } from '../conversation/epochs.ts'
import { domain, hash, isSignatureValid, keyedHash, keyPairFromSeed, sign } from '../crypto/primitives.ts'
import { epochIdBytes } from '../event/event.ts'
import type { KeyPair } from '../ports/transport.ts'
import type { EpochId, OperationId } from './operation.ts'

/** The bytes of a room's nonce. */
export const roomNonceBytes = 32
/** Stands where an event names its epoch, when its body is not sealed: `rekey` alone, and it always. */
export const clearEpoch: Uint8Array = new Uint8Array(epochIdBytes)

/** The id of a room (32 bytes): whoever founded it is provable from the id alone. */
export function roomIdOf(founder: PersonId, nonce: Uint8Array): Uint8Array {
  return hash(concat(domain('tincan room'), idBytes(founder), nonce))
}

/** The id of the message log that belongs to a room (32 bytes). */
export function messageLogIdOf(room: Uint8Array): Uint8Array {
  return hash(concat(domain('tincan room messages'), room))
}

/** What the control log is sealed under in the epoch of `key`. */
export function controlKeyOf(room: Uint8Array, key: Uint8Array): Uint8Array {
  return keyedHash(key, 'tincan room control key', room)
}

/** What the message log is sealed under in the epoch of `key`. */
export function messageKeyOf(room: Uint8Array, key: Uint8Array): Uint8Array {
  return keyedHash(key, 'tincan room message key', room)
}

/** The name of an epoch in operations and in the headers of the control log: of its control key. */
export function roomEpochId(controlKey: Uint8Array): EpochId {
  return toHex(epochIdOf(controlKey)) as EpochId
}

/** The key pair whose public key an invite by link carries, and with which the newcomer proves the link's secret. */
export function inviteKeyPair(secret: Uint8Array): KeyPair {
  return keyPairFromSeed(keyedHash(secret, 'tincan room invite'))
}

/** A newcomer's proof that it holds the secret of an invite by link. It serves this person and this room only. */
export function proveInvite(secret: Uint8Array, room: Uint8Array, invite: OperationId, person: PersonId): Uint8Array {
  return sign(proofContent(room, invite, person), inviteKeyPair(secret).secretKey)
}

/** Whether `proof` was made by `proveInvite` with the secret of the invite's public `key`. */
export function isInviteProven(
  proof: Uint8Array,
  key: Uint8Array,
  room: Uint8Array,
  invite: OperationId,
  person: PersonId,
): boolean {
  return isSignatureValid(proof, proofContent(room, invite, person), key)
}

function proofContent(room: Uint8Array, invite: OperationId, person: PersonId): Uint8Array {
  return concat(domain('tincan room invite proof'), room, idBytes(invite), idBytes(person))
}
