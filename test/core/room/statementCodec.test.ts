import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxBodyBytes } from '../../../src/core/event/event.ts'
import { maxAfter, maxCuts, type Operation, type OperationId } from '../../../src/core/room/operation.ts'
import { kindNumbers } from '../../../src/core/room/operationCodec.ts'
import { decodeStatement, encodeStatement } from '../../../src/core/room/statementCodec.ts'
import { maxMembers } from '../../../src/shared/rooms.ts'
import { extended, truncations, withHostileBytes } from '../codec/hostileBytes.ts'
import { anyOperation, anyStatement } from './anyOperation.ts'
import { SimulatedMember } from './simulatedMember.ts'

const isClear = ({ kind }: Operation): boolean => kind === 'rekey'

test('every statement comes back as it was', () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      assert.deepEqual(decodeStatement(encodeStatement(statement), isClear(statement.operation)), statement)
    }),
    { numRuns: 400 },
  )
})

test('the numbers by which kinds travel never change', () => {
  assert.deepEqual(Object.values(kindNumbers), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
  assert.deepEqual(
    Object.keys(kindNumbers).join(' '),
    [
      'found invite revoke join profile role remove leave hand-over title topic who-invites pin unpin rekey lacking dissolve erase lifetime',
    ].join(' '),
  )
})

test('only a new epoch stands in clear, and it always does', () => {
  fc.assert(
    fc.property(anyStatement, ({ after, operation }) => {
      const bytes = encodeStatement({ after, operation })
      assert.deepEqual(decodeStatement(bytes, !isClear(operation)), { unreadable: 'malformed', after })
    }),
  )
})

test('a later version or an unknown kind needs a newer Tincan, and what it comes after is still known', () => {
  const after = ['ab'.repeat(32) as OperationId]
  const bytes = encodeStatement({ after, operation: { kind: 'title', title: 'x' } })
  assert.deepEqual(decodeStatement(bytes.with(34, 99), false), { unreadable: 'newer', after })
  assert.deepEqual(decodeStatement(bytes.with(0, 2), false), { unreadable: 'newer', after: [] })
})

test('bytes that are cut short or too long are malformed', () => {
  const record = new SimulatedMember('Ada', 1).record
  const found = {
    kind: 'found',
    nonce: record.deviceList.subarray(0, 32),
    title: 'x',
    topic: '',
    whoInvites: 'admins',
    member: record,
  } as const
  for (const operation of [found, { kind: 'title', title: 'x' }] as const) {
    const bytes = encodeStatement({ after: [], operation })
    for (const wrong of [...truncations(bytes), extended(bytes)]) {
      const content = decodeStatement(wrong, false)
      assert.ok('unreadable' in content)
      assert.ok(content.unreadable === 'malformed' || content.unreadable === 'foreign-signature')
    }
  }
})

test('any bytes are a statement or unreadable', () => {
  const [some] = fc.sample(anyOperation, { numRuns: 1, seed: 1 })
  assert.ok(some)
  withHostileBytes(encodeStatement({ after: [], operation: some }), (bytes) => {
    for (const clear of [true, false]) {
      const content = decodeStatement(bytes, clear)
      if ('unreadable' in content) assert.ok(content.after.length <= maxAfter)
      else assert.equal(content.operation.kind === 'rekey', clear)
    }
  })
})

test('text that no Tincan writes is malformed', () => {
  for (const operation of [
    { kind: 'title', title: '' },
    { kind: 'title', title: ' padded ' },
    { kind: 'title', title: 'two\nlines' },
    { kind: 'title', title: 'right-to-left \u202e' },
    { kind: 'title', title: 'x'.repeat(129) },
    { kind: 'topic', topic: 'x'.repeat(1025) },
  ] as const)
    assert.deepEqual(decodeStatement(encodeStatement({ after: [], operation }), false), {
      unreadable: 'malformed',
      after: [],
    })
})

test('the largest room fits: all its devices in one operation', () => {
  const cuts = Array.from({ length: maxCuts }, () => ({ device: 'ff'.repeat(32) as never, messages: 2 ** 48 - 1 }))
  const after = Array.from({ length: maxAfter }, () => 'ff'.repeat(32) as OperationId)
  const statement = { after, operation: { kind: 'dissolve', cuts } } as const
  const bytes = encodeStatement(statement)
  assert.equal(maxCuts, maxMembers)
  assert.ok(bytes.length < maxBodyBytes - 64)
  assert.deepEqual(decodeStatement(bytes, false), statement)
})
