import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeAll, Writer } from '../../../src/core/codec/codec.ts'
import type { Keepsake } from '../../../src/core/reunion/reunionKeys.ts'
import { contactFormat, type ContactRecord } from '../../../src/core/contact/contactRecord.ts'
import {
  ackFormat,
  conversationFormat,
  epochFormat,
  logFormat,
  type AckRecord,
  type ConversationRecord,
  type EpochRecord,
  type LogRecord,
} from '../../../src/core/conversation/records.ts'
import { requestFormat, type RequestRecord } from '../../../src/core/contact/requestRecords.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import { addRange, emptyRanges } from '../../../src/core/event/ranges.ts'
import { inviteFormat, joinFormat, type InviteRecord, type JoinRecord } from '../../../src/core/invite/inviteRecords.ts'
import type { InviteCode } from '../../../src/core/invite/inviteLink.ts'
import type { HeldKey } from '../../../src/core/room/keyBox.ts'
import { offerFormat, type OfferRecord } from '../../../src/core/rooms/offerRecords.ts'
import {
  roomFormat,
  roomKeyFormat,
  type Floor,
  type Guest,
  type RoomGrant,
  type RoomKeyRecord,
  type RoomRecord,
} from '../../../src/core/rooms/roomRecords.ts'
import type { JoinFailure } from '../../../src/shared/service.ts'
import { RecordTable, type RecordFormat } from '../../../src/core/store/recordTable.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'
import { sampleIntroduction } from '../link/samplePeers.ts'

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const counter = fc.integer({ min: 0, max: maxCounter })
const ranges = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(5)), { maxLength: 8 })
  .map((parts) => parts.reduce((sum, [from, more]) => addRange(sum, from, from + more), emptyRanges))
const record = <T extends object>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: (keyof T)[] = [],
): fc.Arbitrary<T> =>
  fc.record<T, keyof T>(fields, {
    requiredKeys: (Object.keys(fields) as (keyof T)[]).filter((key) => !optional.includes(key)),
    noNullPrototype: true,
  })

const introduction = sampleIntroduction(40)

const ofConversation = {
  number: counter,
  id: bytes(32),
  syncSecret: bytes(32),
  createdAt: counter,
  epoch: bytes(16),
  notices: counter,
  readUpTo: record<{ clock: number; id: Uint8Array }>({ clock: counter, id: bytes(32) }),
  isPutAway: fc.constant<true>(true),
}
const conversation: fc.Arbitrary<ConversationRecord> = fc.oneof(
  record<Required<Omit<ConversationRecord, 'room'>>>({ ...ofConversation, peer: bytes(32) }, ['readUpTo', 'isPutAway']),
  record<Required<Omit<ConversationRecord, 'peer'>>>({ ...ofConversation, room: bytes(32) }, ['readUpTo', 'isPutAway']),
)
const log = record<LogRecord>({
  number: counter,
  conversation: bytes(32),
  device: bytes(32),
  person: bytes(32),
  ranges,
  isConflicting: fc.boolean(),
})
const epoch = record<EpochRecord>({ conversation: bytes(32), id: bytes(16), key: bytes(32) })
const ack = fc.oneof(
  record<AckRecord>({ conversation: bytes(32), device: bytes(32), ranges }),
  record<AckRecord>({ conversation: bytes(32), device: bytes(32), log: bytes(32), ranges }),
)
const contact = record<Required<ContactRecord>>(
  {
    person: bytes(32),
    name: fc.string({ maxLength: 16 }),
    deviceList: fc.uint8Array({ maxLength: 1024 }),
    devices: fc.array(
      record<{ key: Uint8Array; addressSecret: Uint8Array }>({ key: bytes(32), addressSecret: bytes(32) }),
      {
        maxLength: 16,
      },
    ),
    isVerified: fc.boolean(),
    addedAt: counter,
    lastSeenAt: counter,
    skewMs: fc.integer({ min: -maxCounter, max: maxCounter }),
    keepsake: record<Keepsake>({ secret: bytes(32), token: bytes(32) }),
    localName: fc.string({ maxLength: 16 }),
    isBlocked: fc.constant(true as const),
    knownSecret: bytes(32),
  },
  ['lastSeenAt', 'keepsake', 'localName', 'isBlocked', 'knownSecret'],
)
const grant = record<RoomGrant>({
  room: bytes(32),
  invite: bytes(32),
  role: fc.constantFrom('admin', 'member', 'read-only'),
  history: fc.constantFrom('all', 'from-now'),
})
const invite = record<Required<InviteRecord>>(
  {
    id: bytes(16),
    seed: bytes(32),
    secret: bytes(32),
    expiresAt: counter,
    autoAccept: fc.boolean(),
    state: fc.constantFrom('live', 'joining', 'used', 'revoked', 'refused'),
    wrongProofs: fc.nat(5),
    isComplete: fc.boolean(),
    joiner: fc.constant(introduction),
    room: grant,
  },
  ['joiner', 'room'],
)
const code = { publicKey: bytes(32), secret: bytes(32), expiresAt: counter, fingerprint: bytes(16) }
const ofJoin = {
  id: bytes(16),
  state: fc.constantFrom<JoinRecord['state'][]>('waiting', 'joined', 'failed'),
  reason: fc.constantFrom<JoinFailure[]>(
    'invite-expired',
    'invite-used',
    'invite-revoked',
    'invite-refused',
    'link-garbled',
  ),
  inviter: bytes(32),
}
const join: fc.Arbitrary<JoinRecord> = fc.oneof(
  record<Required<Omit<JoinRecord, 'room'>>>({ ...ofJoin, code: record(code) }, ['reason', 'inviter']),
  record<Required<JoinRecord>>(
    { ...ofJoin, code: record<InviteCode>({ ...code, isRoom: fc.constant(true as const) }), room: bytes(32) },
    ['reason', 'inviter', 'room'],
  ),
)

const room = record<RoomRecord>({
  id: bytes(32),
  number: counter,
  secret: bytes(32),
  createdAt: counter,
  title: fc.string({ maxLength: 16 }),
  guests: fc.array(record<Guest>({ invite: bytes(32), introduction: fc.constant(introduction) }), { maxLength: 3 }),
  floors: fc.array(record<Floor>({ device: bytes(32), seq: counter }), { maxLength: 3 }),
  isParted: fc.boolean(),
  isTorn: fc.boolean(),
})
const roomKey = record<RoomKeyRecord>({
  room: bytes(32),
  key: record<HeldKey>({ kind: fc.constantFrom('whole', 'control'), bytes: bytes(32) }),
})

function assertFormat<T>(format: RecordFormat<T>, values: fc.Arbitrary<T>): void {
  const encode = (value: T): Uint8Array => {
    const writer = new Writer()
    format.write(writer, value)
    return writer.finish()
  }
  const decode = (encoded: Uint8Array): T | undefined => decodeAll(encoded, (reader) => format.read(reader))
  fc.assert(
    fc.property(values, (value) => {
      assert.deepEqual(decode(encode(value)), value)
    }),
  )
  const [sample] = fc.sample(values, { numRuns: 1, seed: 5 }) as [T]
  withHostileBytes(encode(sample).slice(0, 400), (hostile) => {
    const value = decode(hostile)
    if (value !== undefined) assert.deepEqual(decode(encode(value)), value)
  })
}

test('a conversation comes out of its record as it went in', () => {
  assertFormat(conversationFormat, conversation)
})
test('a log comes out of its record as it went in', () => {
  assertFormat(logFormat, log)
})
test('an epoch comes out of its record as it went in', () => {
  assertFormat(epochFormat, epoch)
})
test('what others hold comes out of its record as it went in', () => {
  assertFormat(ackFormat, ack)
})
test('a contact comes out of its record as it went in', () => {
  assertFormat(contactFormat, contact)
})
test('an invite comes out of its record as it went in', () => {
  assertFormat(inviteFormat, invite)
})
test('a join comes out of its record as it went in', () => {
  assertFormat(joinFormat, join)
})

const offer = record<OfferRecord>({
  id: bytes(16),
  isOwn: fc.boolean(),
  person: bytes(32),
  isAccepted: fc.boolean(),
  offer: record<OfferRecord['offer']>({
    room: bytes(32),
    invite: bytes(32),
    title: fc.constantFrom('Team', 'Ünïcode'),
    topic: fc.constantFrom('', 'What we do'),
    role: fc.constantFrom('admin', 'member', 'read-only'),
    history: fc.constantFrom('all', 'from-now'),
    memberCount: fc.nat(256),
    expiresAt: counter,
  }),
})
const request = record<Required<RequestRecord>>(
  {
    id: bytes(16),
    state: fc.constantFrom('incoming', 'outgoing', 'declined', 'introducing'),
    person: bytes(32),
    name: fc.string({ maxLength: 16 }),
    room: bytes(32),
    introducedBy: bytes(32),
    other: bytes(32),
    isAccepted: fc.boolean(),
    isOtherAccepted: fc.boolean(),
    introduction: fc.constant(introduction),
  },
  ['room', 'introducedBy', 'other', 'introduction'],
)

test('an offer of a room, and a request to become contacts, come back as they were', () => {
  assertFormat(offerFormat, offer)
  assertFormat(requestFormat, request)
})

test('a room, and a key of one, come back as they were', () => {
  assertFormat(roomFormat, room)
  assertFormat(roomKeyFormat, roomKey)
})

test('a table gives back what was put, lists it, forgets it, and calls a damaged record by name', () => {
  const store = new MemoryStore()
  const vault = new Vault(new Uint8Array(32).fill(1), new SeededRandom(1))
  const table = new RecordTable<EpochRecord>(store, vault, epochFormat)
  const [one, other] = [1, 2].map((fill) => ({
    conversation: new Uint8Array(32).fill(fill),
    id: new Uint8Array(16).fill(fill),
    key: new Uint8Array(32).fill(fill),
  })) as [EpochRecord, EpochRecord]
  table.put(one.id, one)
  table.put(other.id, one)
  table.put(other.id, other)
  assert.deepEqual(table.get(other.id), other)
  assert.equal(table.get(new Uint8Array(16)), undefined)
  assert.deepEqual(new Set(table.list().map(({ key }) => key[0])), new Set([1, 2]))
  table.delete(one.id)
  assert.deepEqual(table.list(), [other])

  const id = vault.recordId('epoch', other.id)
  const elsewhere = vault.recordId('epoch', one.id)
  store.putRecord('epoch', elsewhere, store.getRecord('epoch', id) as Uint8Array)
  assert.throws(() => table.get(one.id), { code: 'store-damaged' })
  assert.throws(() => table.list(), { code: 'store-damaged' })
  assert.deepEqual(table.get(other.id), other)
})
