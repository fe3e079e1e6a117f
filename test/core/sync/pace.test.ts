import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTurnOver, Pace } from '../../../src/core/sync/pace.ts'

test('more is done at once while that is quick, and one at a time at first and while it is slow', () => {
  const pace = new Pace(3)
  assert.equal(pace.atOnce, 1)
  for (const expected of [2, 3, 3]) {
    pace.took(5)
    assert.equal(pace.atOnce, expected)
  }
  for (const expected of [2, 1, 1]) {
    pace.took(30)
    assert.equal(pace.atOnce, expected)
  }
  // Two in eight milliseconds: a third would make it twelve.
  for (const [ms, expected] of [
    [4, 2],
    [8, 2],
    [4, 3],
    [4, 3],
  ] as const) {
    pace.took(ms)
    assert.equal(pace.atOnce, expected)
  }
})

test('a turn is over after some milliseconds', () => {
  assert.ok(!isTurnOver(1_000, 1_000))
  assert.ok(!isTurnOver(1_000, 1_010))
  assert.ok(isTurnOver(1_000, 1_011))
})
