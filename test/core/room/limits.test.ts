import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lower, noLimits, raise, writtenSpans, type Limits, type Standing } from '../../../src/core/room/limits.ts'
import { roles } from '../../../src/shared/rooms.ts'

const standing = fc.constantFrom<Standing>(...roles, 'none')
const step = fc.record({ how: fc.constantFrom(raise, lower), after: fc.nat(20), standing })
const strength = (one: Standing): number => [...roles, 'none'].indexOf(one)

/** What each of the first events stands for, event by event. */
function standings(limits: Limits): Standing[] {
  return Array.from({ length: 25 }, (_, i) => limits.findLast(({ after }) => after < i + 1)?.standing ?? 'none')
}

test('lines are drawn as if each event were looked at alone', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let limits = noLimits
      let expected: Standing[] = Array.from({ length: 25 }, () => 'none')
      for (const { how, after, standing } of steps) {
        const drawn = limits.at(-1)?.after ?? 0
        expected = expected.map((before, i) => {
          const seq = i + 1
          if (how === raise) return seq > Math.max(after, drawn) ? standing : before
          return seq > after && strength(standing) > strength(before) ? standing : before
        })
        limits = how(limits, after, standing)
        assert.deepEqual(standings(limits), expected)
        const written = expected.flatMap((one, i) => (one === 'none' || one === 'read-only' ? [] : [i + 1]))
        const spans = writtenSpans(limits)
        const spanned = Array.from({ length: 25 }, (_, i) => i + 1).filter((seq) =>
          spans.some(({ from, to = Infinity }) => from <= seq && seq <= to),
        )
        assert.deepEqual(spanned, written)
      }
    }),
    { numRuns: 500 },
  )
})

test('neighbouring spans are one', () => {
  const limits = raise(raise(raise(noLimits, 0, 'member'), 5, 'admin'), 9, 'read-only')
  assert.deepEqual(writtenSpans(limits), [{ from: 1, to: 9 }])
  assert.deepEqual(writtenSpans(raise(limits, 12, 'member')), [{ from: 1, to: 9 }, { from: 13 }])
})
