/**
 * What inviter and joiner say on the connection of an invite. Both prove that they know the invite's secret and own
 * their device key, over one transcript: the Noise handshake, the keys of both ends, and all that was said before.
 */
import { concat, copyOf, isEqual } from '../codec/bytes.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Reader } from '../codec/codec.ts'
import {
  domain,
  hash,
  hashBytes,
  isSignatureValid,
  keyBytes,
  keyedHash,
  keyPairFromSeed,
  sign,
  signatureBytes,
} from '../crypto/primitives.ts'
import type { ConversationSecrets } from '../conversation/conversations.ts'
import type { Connection, KeyPair } from '../ports/transport.ts'
import type { Introduction } from './introduction.ts'
import { readIntroduction, writeIntroduction } from './introduction.ts'

export type RefusalCode = (typeof refusals)[number]
// The position in these lists is what is sent: append only.
const refusals = ['invite-expired', 'invite-used', 'invite-revoked', 'invite-refused', 'wrong-proof', 'newer'] as const
const types = ['join', 'pending', 'welcome', 'refused', 'joined', 'room-welcome'] as const

/** The version of this exchange. */
const exchangeVersion = 1
/** The most bytes of a welcome to a room: with all else it fits one packet. */
export const maxRoomWelcomeBytes = 60 * 1024
const proofBytes = hashBytes + signatureBytes

/** The Noise key pair that the joiner calls with: the inviter's firewall admits no other. */
export function joinerKeyPair(secret: Uint8Array): KeyPair {
  return keyPairFromSeed(keyedHash(secret, 'tincan invite caller'))
}

/** The joiner's request, and the transcript that the answer is bound to. */
export function encodeJoin(
  own: Introduction,
  secret: Uint8Array,
  deviceSecretKey: Uint8Array,
  connection: Connection,
): { bytes: Uint8Array; transcript: Uint8Array } {
  const body = new Writer().uint8(exchangeVersion)
  writeIntroduction(body, own)
  const content = body.finish()
  const transcript = joinTranscript(content, connection)
  const proof = prove('join', transcript, secret, deviceSecretKey)
  return { bytes: concat(new Uint8Array([types.indexOf('join')]), proof, content), transcript }
}

export type ParsedJoin =
  | { readonly kind: 'ok'; readonly joiner: Introduction; readonly transcript: Uint8Array }
  | { readonly kind: 'wrong-proof' }
  | { readonly kind: 'newer' }

/** What a caller of an invite said. Anything but a whole, proven request is `wrong-proof`. */
export function parseJoin(bytes: Uint8Array, secret: Uint8Array, connection: Connection): ParsedJoin {
  const proof = bytes.subarray(1, 1 + proofBytes)
  const content = bytes.subarray(1 + proofBytes)
  if (types[bytes[0] ?? -1] !== 'join') return { kind: 'wrong-proof' }
  if ((content[0] ?? 0) > exchangeVersion) return { kind: 'newer' }
  const transcript = joinTranscript(content, connection)
  const joiner = decodeAll(content, (reader) =>
    reader.uint8() === exchangeVersion ? readIntroduction(reader) : undefined,
  )
  if (joiner === undefined || !isProven('join', proof, transcript, secret, joiner.device))
    return { kind: 'wrong-proof' }
  return { kind: 'ok', joiner, transcript }
}

/** What the inviter answers. */
export type Answer =
  | { readonly type: 'pending' }
  | { readonly type: 'refused'; readonly code: RefusalCode }
  | { readonly type: 'welcome'; readonly inviter: Introduction; readonly secrets: ConversationSecrets }
  /** `welcome`: what `rooms/roomWelcome.ts` reads. */
  | { readonly type: 'room-welcome'; readonly inviter: Introduction; readonly welcome: Uint8Array }

export function encodePending(): Uint8Array {
  return new Uint8Array([types.indexOf('pending')])
}

export function encodeRefused(code: RefusalCode): Uint8Array {
  return new Uint8Array([types.indexOf('refused'), refusals.indexOf(code)])
}

/** The joiner has everything on disk. */
export function encodeJoined(): Uint8Array {
  return new Uint8Array([types.indexOf('joined')])
}

export function isJoined(bytes: Uint8Array): boolean {
  return bytes.length === 1 && types[bytes[0] ?? -1] === 'joined'
}

export function encodeWelcome(
  own: Introduction,
  secrets: ConversationSecrets,
  transcript: Uint8Array,
  secret: Uint8Array,
  deviceSecretKey: Uint8Array,
): Uint8Array {
  const body = new Writer()
  writeIntroduction(body, own)
  const content = body.fixed(secrets.syncSecret).fixed(secrets.epochKey).finish()
  return provenWelcome('welcome', content, transcript, secret, deviceSecretKey)
}

/** The same for a room. `welcome`: at most `maxRoomWelcomeBytes`. */
export function encodeRoomWelcome(
  own: Introduction,
  welcome: Uint8Array,
  transcript: Uint8Array,
  secret: Uint8Array,
  deviceSecretKey: Uint8Array,
): Uint8Array {
  const body = new Writer()
  writeIntroduction(body, own)
  return provenWelcome('room-welcome', body.bytes(welcome).finish(), transcript, secret, deviceSecretKey)
}

function provenWelcome(
  type: 'welcome' | 'room-welcome',
  content: Uint8Array,
  transcript: Uint8Array,
  secret: Uint8Array,
  deviceSecretKey: Uint8Array,
): Uint8Array {
  const proof = prove(type, welcomeTranscript(content, transcript), secret, deviceSecretKey)
  return concat(new Uint8Array([types.indexOf(type)]), proof, content)
}

/** The inviter's answer to the join with this transcript, or `undefined` if it is none or proves nothing. */
export function parseAnswer(bytes: Uint8Array, transcript: Uint8Array, secret: Uint8Array): Answer | undefined {
  const type = types[bytes[0] ?? -1]
  if (type === 'pending') return bytes.length === 1 ? { type } : undefined
  if (type === 'refused') {
    const code = refusals[bytes[1] ?? -1]
    return bytes.length === 2 && code !== undefined ? { type, code } : undefined
  }
  if (type !== 'welcome' && type !== 'room-welcome') return undefined
  const proof = bytes.subarray(1, 1 + proofBytes)
  const content = bytes.subarray(1 + proofBytes)
  const answer = type === 'welcome' ? decodeAll(content, readWelcome) : decodeAll(content, readRoomWelcome)
  if (answer === undefined) return undefined
  return isProven(type, proof, welcomeTranscript(content, transcript), secret, answer.inviter.device)
    ? answer
    : undefined
}

function readWelcome(reader: Reader): Extract<Answer, { type: 'welcome' }> | undefined {
  const inviter = readIntroduction(reader)
  const secrets = { syncSecret: copyOf(reader.fixed(keyBytes)), epochKey: copyOf(reader.fixed(keyBytes)) }
  return inviter && { type: 'welcome', inviter, secrets }
}

function readRoomWelcome(reader: Reader): Extract<Answer, { type: 'room-welcome' }> | undefined {
  const inviter = readIntroduction(reader)
  const welcome = copyOf(reader.bytes(maxRoomWelcomeBytes))
  return inviter && { type: 'room-welcome', inviter, welcome }
}

function joinTranscript(
  content: Uint8Array,
  { handshakeHash, isInitiator, localPublicKey, remotePublicKey }: Connection,
): Uint8Array {
  const keys = isInitiator ? [localPublicKey, remotePublicKey] : [remotePublicKey, localPublicKey]
  return hash(concat(domain('tincan join transcript'), hash(handshakeHash), ...keys, hash(content)))
}

function welcomeTranscript(content: Uint8Array, join: Uint8Array): Uint8Array {
  return hash(concat(domain('tincan welcome transcript'), join, hash(content)))
}

function prove(
  step: 'join' | 'welcome' | 'room-welcome',
  transcript: Uint8Array,
  secret: Uint8Array,
  deviceSecretKey: Uint8Array,
): Uint8Array {
  const knowsSecret = keyedHash(secret, `tincan ${step} proof`, transcript)
  return concat(knowsSecret, sign(concat(domain(`tincan ${step}`), transcript), deviceSecretKey))
}

function isProven(
  step: 'join' | 'welcome' | 'room-welcome',
  proof: Uint8Array,
  transcript: Uint8Array,
  secret: Uint8Array,
  device: Uint8Array,
): boolean {
  if (proof.length !== proofBytes) return false
  const knowsSecret = isEqual(proof.subarray(0, hashBytes), keyedHash(secret, `tincan ${step} proof`, transcript))
  return (
    knowsSecret && isSignatureValid(proof.subarray(hashBytes), concat(domain(`tincan ${step}`), transcript), device)
  )
}
