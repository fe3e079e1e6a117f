import { assertNever } from '../../shared/assertNever.ts'
import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import { isLifetime, maxLifetimeMs } from '../../shared/lifetime.ts'
import { maxEdits } from '../../shared/messages.ts'
import { maxTitleBytes, maxTopicBytes, roles, type HistoryAccess, type Role } from '../../shared/rooms.ts'
import { copyOf, idBytes, toHex } from '../codec/bytes.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes, publicKeyBytes, signatureBytes } from '../crypto/primitives.ts'
import { epochIdBytes, maxCounter } from '../event/event.ts'
import { hintBytes, maxSealedKeyBytes } from './keyBox.ts'
import { readMemberRecord, writeMemberRecord } from './memberRecord.ts'
import type { Cut, EpochId, InvitedBy, KeyBox, Operation, OperationId } from './operation.ts'
import { maxBoxes, maxCuts, maxEarlier } from './operation.ts'
import { roomNonceBytes } from './roomKeys.ts'
import { parseTitle, parseTopic } from './roomText.ts'

/** The numbers by which kinds travel. Append only. */
export const kindNumbers = {
  found: 1,
  invite: 2,
  revoke: 3,
  join: 4,
  profile: 5,
  role: 6,
  remove: 7,
  leave: 8,
  'hand-over': 9,
  title: 10,
  topic: 11,
  'who-invites': 12,
  pin: 13,
  unpin: 14,
  rekey: 15,
  lacking: 16,
  dissolve: 17,
  erase: 18,
  lifetime: 19,
} as const satisfies Record<Operation['kind'], number>

// The positions in these lists are what travels: append only.
const histories: readonly HistoryAccess[] = ['all', 'from-now']
const inviters = ['admins', 'everybody'] as const
const messageIdBytes = 6 + hashBytes

/** The fields of an operation, without its kind. */
export function writeOperation(writer: Writer, operation: Operation): void {
  switch (operation.kind) {
    case 'found':
      writer.fixed(operation.nonce).string(operation.title).string(operation.topic)
      writer.uint8(inviters.indexOf(operation.whoInvites))
      writeMemberRecord(writer, operation.member)
      return
    case 'invite':
      writer.boolean(operation.to.kind === 'person')
      writer.fixed(operation.to.kind === 'person' ? idBytes(operation.to.person) : operation.to.key)
      writer.uint8(roles.indexOf(operation.role)).uint8(histories.indexOf(operation.history)).uint(operation.expiresAt)
      return
    case 'revoke':
      writer.fixed(idBytes(operation.invite))
      return
    case 'join':
      writer.fixed(idBytes(operation.invite)).fixed(idBytes(operation.epoch)).uint(operation.messages)
      writer.optional(operation.proof, (proof) => writer.fixed(proof))
      writeMemberRecord(writer, operation.member)
      return
    case 'profile':
      writeMemberRecord(writer, operation.member)
      writeCuts(writer, operation.cuts)
      return
    case 'role':
      writer.fixed(idBytes(operation.person)).uint8(roles.indexOf(operation.role))
      writeCuts(writer, operation.cuts)
      return
    case 'remove':
    case 'hand-over':
      writer.fixed(idBytes(operation.person))
      writeCuts(writer, operation.cuts)
      return
    case 'leave':
    case 'dissolve':
      writeCuts(writer, operation.cuts)
      return
    case 'title':
      writer.string(operation.title)
      return
    case 'topic':
      writer.string(operation.topic)
      return
    case 'who-invites':
      writer.uint8(inviters.indexOf(operation.whoInvites))
      return
    case 'lifetime':
      writer.uint(operation.lifetimeMs)
      return
    case 'pin':
    case 'unpin':
      writer.fixed(idBytes(operation.message))
      return
    case 'erase':
      writer.fixed(idBytes(operation.person))
      writer.fixed(idBytes(operation.message)).uint(operation.edits.length)
      for (const edit of operation.edits) writer.fixed(idBytes(edit))
      return
    case 'rekey':
      writer.fixed(idBytes(operation.epoch))
      writeIds(writer, operation.earlier)
      writer.uint(operation.boxes.length)
      for (const { hint, sealed } of operation.boxes) writer.fixed(idBytes(hint)).bytes(sealed)
      return
    case 'lacking':
      writeIds(writer, operation.epochs)
      return
    default:
      return assertNever(operation)
  }
}

/**
 * The fields of an operation, in memory of its own: `'newer'` for a kind unknown here, `undefined` if a member record
 * is not signed by its person. The reader fails on everything else that is wrong.
 */
export function readOperation(reader: Reader, kind: number): Operation | 'newer' | undefined {
  switch (kind) {
    case kindNumbers.found: {
      const nonce = copyOf(reader.fixed(roomNonceBytes))
      const title = readText(reader, maxTitleBytes, parseTitle)
      const topic = readText(reader, maxTopicBytes, parseTopic)
      const whoInvites = readOne(reader, inviters)
      const member = readMemberRecord(reader)
      return member && { kind: 'found', nonce, title, topic, whoInvites, member }
    }
    case kindNumbers.invite: {
      const to = readInvited(reader)
      const role = readRole(reader)
      const history = readOne(reader, histories)
      return { kind: 'invite', to, role, history, expiresAt: reader.uint(maxCounter) }
    }
    case kindNumbers.revoke:
      return { kind: 'revoke', invite: readId(reader, hashBytes) as OperationId }
    case kindNumbers.join: {
      const invite = readId(reader, hashBytes) as OperationId
      const epoch = readId(reader, epochIdBytes) as EpochId
      const messages = reader.uint(maxCounter)
      const proof = reader.optional(() => copyOf(reader.fixed(signatureBytes)))
      const member = readMemberRecord(reader)
      return member && { kind: 'join', invite, epoch, messages, ...(proof && { proof }), member }
    }
    case kindNumbers.profile: {
      const member = readMemberRecord(reader)
      const cuts = readCuts(reader)
      return member && { kind: 'profile', member, cuts }
    }
    case kindNumbers.role: {
      const person = readPerson(reader)
      const role = readRole(reader)
      return { kind: 'role', person, role, cuts: readCuts(reader) }
    }
    case kindNumbers.remove:
      return { kind: 'remove', person: readPerson(reader), cuts: readCuts(reader) }
    case kindNumbers.leave:
      return { kind: 'leave', cuts: readCuts(reader) }
    case kindNumbers['hand-over']:
      return { kind: 'hand-over', person: readPerson(reader), cuts: readCuts(reader) }
    case kindNumbers.title:
      return { kind: 'title', title: readText(reader, maxTitleBytes, parseTitle) }
    case kindNumbers.topic:
      return { kind: 'topic', topic: readText(reader, maxTopicBytes, parseTopic) }
    case kindNumbers['who-invites']:
      return { kind: 'who-invites', whoInvites: readOne(reader, inviters) }
    case kindNumbers.lifetime:
      return { kind: 'lifetime', lifetimeMs: readLifetime(reader) }
    case kindNumbers.pin:
      return { kind: 'pin', message: readId(reader, messageIdBytes) as MessageId }
    case kindNumbers.unpin:
      return { kind: 'unpin', message: readId(reader, messageIdBytes) as MessageId }
    case kindNumbers.erase: {
      const person = readPerson(reader)
      const message = readId(reader, messageIdBytes) as MessageId
      const edits = reader.list(maxEdits, () => readId(reader, messageIdBytes) as MessageId)
      return { kind: 'erase', person, message, edits }
    }
    case kindNumbers.rekey: {
      const epoch = readId(reader, epochIdBytes) as EpochId
      const earlier = reader.list(maxEarlier, () => readId(reader, epochIdBytes) as EpochId)
      return { kind: 'rekey', epoch, earlier, boxes: reader.list(maxBoxes, () => readBox(reader)) }
    }
    case kindNumbers.lacking:
      return { kind: 'lacking', epochs: reader.list(maxEarlier, () => readId(reader, epochIdBytes) as EpochId) }
    case kindNumbers.dissolve:
      return { kind: 'dissolve', cuts: readCuts(reader) }
    default:
      return 'newer'
  }
}

function writeCuts(writer: Writer, cuts: readonly Cut[]): void {
  writer.uint(cuts.length)
  for (const { device, messages } of cuts) writer.fixed(idBytes(device)).uint(messages)
}

function readCuts(reader: Reader): readonly Cut[] {
  return reader.list(maxCuts, () => {
    const device = readId(reader, publicKeyBytes) as DeviceId
    return { device, messages: reader.uint(maxCounter) }
  })
}

function writeIds(writer: Writer, ids: readonly EpochId[]): void {
  writer.uint(ids.length)
  for (const id of ids) writer.fixed(idBytes(id))
}

function readId(reader: Reader, length: number): string {
  return toHex(reader.fixed(length))
}

function readPerson(reader: Reader): PersonId {
  return readId(reader, publicKeyBytes) as PersonId
}

function readInvited(reader: Reader): InvitedBy {
  return reader.boolean()
    ? { kind: 'person', person: readPerson(reader) }
    : { kind: 'link', key: copyOf(reader.fixed(keyBytes)) }
}

function readBox(reader: Reader): KeyBox {
  return { hint: toHex(reader.fixed(hintBytes)), sealed: copyOf(reader.bytes(maxSealedKeyBytes)) }
}

/** The value at the position read; the first, and a failed reader, if there is none. */
function readOne<const T extends string>(reader: Reader, values: readonly T[]): T {
  const value = values[reader.uint8()]
  if (value === undefined) reader.fail()
  return value ?? (values[0] as T)
}

function readRole(reader: Reader): Exclude<Role, 'owner'> {
  const role = readOne(reader, roles)
  if (role === 'owner') reader.fail()
  return role === 'owner' ? 'read-only' : role
}

function readLifetime(reader: Reader): number {
  const lifetimeMs = reader.uint(maxLifetimeMs)
  if (lifetimeMs !== 0 && !isLifetime(lifetimeMs)) reader.fail()
  return lifetimeMs
}

function readText(reader: Reader, maxBytes: number, parse: (value: unknown) => string | undefined): string {
  const text = reader.string(maxBytes)
  // What any Tincan writes is in its final form already.
  if (parse(text) !== text) reader.fail()
  return text
}
