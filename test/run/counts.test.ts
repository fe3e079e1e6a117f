import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { addCounts, formatCounts, parseCounts } from './counts.ts'

it('reads back the counts that it writes, whatever stands around them', () => {
  const count = fc.nat({ max: 999_999_999 })
  fc.assert(
    fc.property(count, count, fc.constantFrom('\n', '\r\n'), (passed, failed, end) => {
      const output = `1 passed, 1 failed${end}✔ fine${end}${formatCounts({ passed, failed })}${end}`
      assert.deepEqual(parseCounts(output), { passed, failed })
    }),
  )
})

it('takes no other line for counts', () => {
  for (const line of [
    '',
    '3 passed',
    '3 passed, 1 failed!',
    ' 3 passed, 1 failed',
    'all 3 passed, 1 failed',
    '-1 passed, 1 failed',
  ])
    assert.equal(parseCounts(line), undefined, line)
})

it('adds up', () => {
  assert.deepEqual(
    addCounts([
      { passed: 3, failed: 0 },
      { passed: 0, failed: 2 },
    ]),
    { passed: 3, failed: 2 },
  )
  assert.deepEqual(addCounts([]), { passed: 0, failed: 0 })
})
