import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOf } from '../../../src/host/search/startOf.ts'

test('a day, a month, a year and words for days begin at midnight of this machine', () => {
  const now = new Date(2026, 10, 28, 15, 30)
  assert.equal(startOf('2026-11-05', now), new Date(2026, 10, 5).getTime())
  assert.equal(startOf('2026-2', now), new Date(2026, 1, 1).getTime())
  assert.equal(startOf('2025', now), new Date(2025, 0, 1).getTime())
  assert.equal(startOf(' Today ', now), new Date(2026, 10, 28).getTime())
  assert.equal(startOf('yesterday', new Date(2026, 0, 1, 9)), new Date(2025, 11, 31).getTime())
  assert.equal(startOf('0001', now), 0)
  for (const odd of ['', 'soon', '2026-02-30', '28.11.2026']) assert.equal(startOf(odd, now), undefined, odd)
})
