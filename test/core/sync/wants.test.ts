import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { emptyRanges } from '../../../src/core/event/ranges.ts'
import { firstPageEvents } from '../../../src/core/conversation/backfill.ts'
import { maxOpenWants, Wants } from '../../../src/core/sync/wants.ts'

const device = (n: number): DeviceId => n.toString(16).padStart(64, '0') as DeviceId
const upTo = (to: number) => [{ from: 1, to }]
const a = device(1)

test('nothing is asked for that is held or that nobody claims', () => {
  const wants = new Wants()
  assert.equal(wants.next(a, upTo(5), upTo(5)), undefined)
  assert.equal(wants.next(a, upTo(5), emptyRanges), undefined)
  assert.equal(wants.openCount, 0)
})

test('the newest page of a long log comes first, then the rest at once', () => {
  const wants = new Wants()
  assert.deepEqual(wants.next(a, emptyRanges, upTo(1_000)), { device: a, from: 1_000 - firstPageEvents + 1, to: 1_000 })
  wants.progress(a)
  wants.close(a)
  const held = [{ from: 1_000 - firstPageEvents + 1, to: 1_000 }]
  assert.deepEqual(wants.next(a, held, upTo(1_000)), { device: a, from: 1, to: 1_000 - firstPageEvents })
})

test('the newest of several gaps is asked for first', () => {
  const wants = new Wants()
  const held = [
    { from: 1, to: 2 },
    { from: 5, to: 6 },
  ]
  assert.deepEqual(wants.next(a, held, upTo(9)), { device: a, from: 7, to: 9 })
})

test('one want is open for a log at a time, and a bounded number in all', () => {
  const wants = new Wants()
  assert.notEqual(wants.next(a, emptyRanges, upTo(9)), undefined)
  assert.equal(wants.next(a, emptyRanges, upTo(9)), undefined)
  for (let n = 2; n <= maxOpenWants; n++) assert.notEqual(wants.next(device(n), emptyRanges, upTo(9)), undefined)
  assert.equal(wants.next(device(99), emptyRanges, upTo(9)), undefined)
  wants.close(a)
  assert.notEqual(wants.next(device(99), emptyRanges, upTo(9)), undefined)
})

test('a log whose answer brought nothing is left alone until something new is claimed', () => {
  const wants = new Wants()
  wants.next(a, emptyRanges, upTo(9))
  wants.close(a)
  assert.equal(wants.next(a, emptyRanges, upTo(9)), undefined)
  wants.renew(a)
  assert.notEqual(wants.next(a, emptyRanges, upTo(9)), undefined)
  wants.progress(a)
  wants.close(a)
  assert.notEqual(wants.next(a, upTo(3), upTo(9)), undefined)
})
