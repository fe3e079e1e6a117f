import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { parseEventRow, parseLogRow, parseRecordRow } from '../../src/node/storedRows.ts'
import { ChatError } from '../../src/shared/chatError.ts'

const row = {
  log: 1,
  seq: 2,
  conversation: 3,
  clock: 4,
  id: new Uint8Array([5]),
  sealed: new Uint8Array([6]),
}
const parsers = [parseRecordRow, parseEventRow, parseLogRow]

it('reads the columns of a row, and nothing beside them', () => {
  const stored = { ...row, more: 7 }
  assert.deepEqual(parseEventRow(stored), row)
  assert.deepEqual(parseLogRow(stored), { seq: 2, clock: 4, sealed: row.sealed })
  assert.deepEqual(parseRecordRow(stored), { id: row.id, sealed: row.sealed })
})

it('says of a row with any column missing or of another kind that the store is damaged', () => {
  for (const column of Object.keys(row) as (keyof typeof row)[])
    for (const value of [undefined, null, '1', 1.5, 2 ** 53, 1n, [1], {}])
      assert.throws(() => parseEventRow({ ...row, [column]: value }), { code: 'store-damaged' }, column)
})

it('reads any row, or says that the store is damaged', () => {
  const cell = fc.oneof(fc.anything(), fc.integer(), fc.uint8Array())
  const any = fc.dictionary(fc.constantFrom(...Object.keys(row)), cell)
  fc.assert(
    fc.property(any, (stored) => {
      for (const parse of parsers) {
        try {
          const read = Object.entries(parse(stored))
          for (const [column, value] of read) assert.equal(value, stored[column])
        } catch (error) {
          assert.ok(error instanceof ChatError && error.code === 'store-damaged', String(error))
        }
      }
    }),
  )
})
