import fc from 'fast-check'
import { toHex } from '../../../src/core/codec/bytes.ts'
import type { EpochId, Operation, OperationId, Statement } from '../../../src/core/room/operation.ts'
import { parseTitle, parseTopic } from '../../../src/core/room/roomText.ts'
import type { DeviceId, MessageId, PersonId } from '../../../src/shared/ids.ts'
import { SimulatedMember } from './simulatedMember.ts'

const records = [1, 2, 3].map((seed) => new SimulatedMember(`Member ${seed}`, seed).record)

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const hex = <Id extends string>(length: number): fc.Arbitrary<Id> => bytes(length).map((value) => toHex(value) as Id)
const person = hex<PersonId>(32)
const device = hex<DeviceId>(32)
const counter = fc.nat({ max: 2 ** 48 - 1 })
const cuts = fc.array(fc.record({ device, messages: counter }, { noNullPrototype: true }), {
  maxLength: 5,
})
const epochs = fc.array(hex<EpochId>(16), { maxLength: 5 })
const member = fc.constantFrom(...records)
const title = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => parseTitle(text) ?? 'Title')
const topic = fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => parseTopic(text) ?? '')
const whoInvites = fc.constantFrom('admins' as const, 'everybody' as const)
const role = fc.constantFrom('admin' as const, 'member' as const, 'read-only' as const)
const kind = <const K extends Operation['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name)
const record = <T extends Operation>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true })
type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

const join = fc
  .record({
    invite: hex<OperationId>(32),
    epoch: hex<EpochId>(16),
    messages: counter,
    member,
    proof: bytes(64),
    named: fc.boolean(),
  })
  .map(({ proof, named, ...fields }): Operation => ({ kind: 'join', ...fields, ...(!named && { proof }) }))
const invitedBy = fc.oneof(
  person.map((one) => ({ kind: 'person' as const, person: one })),
  bytes(32).map((key) => ({ kind: 'link' as const, key })),
)

/** Every kind of operation, with any fields that a Tincan could write. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  record<Of<'found'>>({ kind: kind('found'), nonce: bytes(32), title, topic, whoInvites, member }),
  record<Of<'invite'>>({
    kind: kind('invite'),
    to: invitedBy,
    role,
    history: fc.constantFrom('all' as const, 'from-now' as const),
    expiresAt: counter,
  }),
  record<Of<'revoke'>>({ kind: kind('revoke'), invite: hex<OperationId>(32) }),
  join,
  record<Of<'profile'>>({ kind: kind('profile'), member, cuts }),
  record<Of<'role'>>({ kind: kind('role'), person, role, cuts }),
  record<Of<'remove'>>({ kind: kind('remove'), person, cuts }),
  record<Of<'leave'>>({ kind: kind('leave'), cuts }),
  record<Of<'hand-over'>>({ kind: kind('hand-over'), person, cuts }),
  record<Of<'title'>>({ kind: kind('title'), title }),
  record<Of<'topic'>>({ kind: kind('topic'), topic }),
  record<Of<'lifetime'>>({
    kind: kind('lifetime'),
    lifetimeMs: fc.constantFrom(0, 1_000, 3_600_000, 366 * 86_400_000),
  }),
  record<Of<'who-invites'>>({ kind: kind('who-invites'), whoInvites }),
  record<Of<'pin'>>({ kind: kind('pin'), message: hex<MessageId>(38) }),
  record<Of<'unpin'>>({ kind: kind('unpin'), message: hex<MessageId>(38) }),
  record<Of<'erase'>>({
    kind: kind('erase'),
    message: hex<MessageId>(38),
    person: hex<PersonId>(32),
    edits: fc.array(hex<MessageId>(38), { maxLength: 3 }),
  }),
  record<Of<'rekey'>>({
    kind: kind('rekey'),
    epoch: hex<EpochId>(16),
    earlier: epochs,
    boxes: fc.array(
      fc.record({ hint: hex<string>(8), sealed: fc.uint8Array({ maxLength: 200 }) }, { noNullPrototype: true }),
    ),
  }),
  record<Of<'lacking'>>({ kind: kind('lacking'), epochs }),
  record<Of<'dissolve'>>({ kind: kind('dissolve'), cuts }),
)

export const anyStatement: fc.Arbitrary<Statement> = fc.record(
  { after: fc.array(hex<OperationId>(32), { maxLength: 4 }), operation: anyOperation },
  { noNullPrototype: true },
)
