import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figure, percentile, repeat } from './statistics.ts'

test('percentiles are values of the list, by nearest rank, in whatever order it is', () => {
  const values = [5, 1, 4, 2, 3]
  assert.deepEqual(
    [0, 0.2, 0.21, 0.5, 0.99, 1].map((p) => percentile(values, p)),
    [1, 1, 2, 3, 5, 5],
  )
  assert.deepEqual(values, [5, 1, 4, 2, 3])
  assert.throws(() => percentile([], 0.5))
})

test('a figure is the median and the range of five', () => {
  assert.deepEqual(figure([9, 2, 7, 4, 30]), { median: 7, min: 2, max: 30, of: 5 })
})

test('repetitions run one after the other', async () => {
  let running = 0
  const seen = await repeat(3, async (round) => {
    assert.equal(++running, 1)
    await new Promise(setImmediate)
    running--
    return round
  })
  assert.deepEqual(seen, [0, 1, 2])
})
