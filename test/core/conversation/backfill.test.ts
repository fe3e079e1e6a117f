import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Backfill } from '../../../src/core/conversation/backfill.ts'

test('what is missing is what the link that knows of most says', () => {
  const [one, other] = [{}, {}]
  const backfill = new Backfill(100)
  assert.equal(backfill.set(one, 40), true)
  assert.equal(backfill.set(other, 30), false)
  assert.equal(backfill.missing, 40)
  assert.equal(backfill.set(one, 0), true)
  assert.equal(backfill.missing, 30)
})

test('a backfill is long until its last event is here', () => {
  const link = {}
  const backfill = new Backfill(100)
  backfill.set(link, 100)
  assert.equal(backfill.isLong, false)
  backfill.set(link, 101)
  backfill.set(link, 1)
  assert.equal(backfill.isLong, true)
  backfill.set(link, 0)
  assert.equal(backfill.isLong, false)
})
