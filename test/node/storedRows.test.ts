import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { eventParts } from '../../src/core/ports/store.ts'
import { parseEventRow, parseLogRow, parseRecordRow, parseRelationRow } from '../../src/node/storedRows.ts'
import { ChatError } from '../../src/shared/chatError.ts'

const row = {
  log: 1,
  seq: 2,
  conversation: 3,
  clock: 4,
  id: new Uint8Array([5]),
  sealed: new Uint8Array([6]),
  part: 0,
}
const relation = { target: row.id, slot: row.sealed, clock: 4, id: row.id, log: 1, seq: 2 }
const parsers = [parseRecordRow, parseEventRow, parseLogRow, parseRelationRow]

it('reads the columns of a row, and nothing beside them', () => {
  const stored = { ...row, more: 7 }
  assert.deepEqual(parseEventRow(stored), { ...row, part: eventParts[0] })
  assert.deepEqual(parseRelationRow({ ...relation, more: 7 }), relation)
  assert.deepEqual(parseLogRow(stored), { seq: 2, clock: 4, sealed: row.sealed })
  assert.deepEqual(parseRecordRow(stored), { id: row.id, sealed: row.sealed })
})

it('says of a row with any column missing or of another kind that the store is damaged', () => {
  for (const column of Object.keys(row) as (keyof typeof row)[])
    for (const value of [undefined, null, '1', 1.5, 2 ** 53, 1n, [1], {}])
      assert.throws(() => parseEventRow({ ...row, [column]: value }), { code: 'store-damaged' }, column)
  assert.throws(() => parseEventRow({ ...row, part: eventParts.length }), { code: 'store-damaged' })
})

it('reads any row, or says that the store is damaged', () => {
  const cell = fc.oneof(fc.anything(), fc.integer(), fc.uint8Array())
  const any = fc.dictionary(fc.constantFrom(...Object.keys({ ...row, ...relation })), cell)
  fc.assert(
    fc.property(any, (stored) => {
      for (const parse of parsers) {
        try {
          const read = Object.entries(parse(stored))
          for (const [column, value] of read)
            assert.equal(
              column === 'part' ? eventParts.indexOf(value as (typeof eventParts)[number]) : value,
              stored[column],
            )
        } catch (error) {
          assert.ok(error instanceof ChatError && error.code === 'store-damaged', String(error))
        }
      }
    }),
  )
})
