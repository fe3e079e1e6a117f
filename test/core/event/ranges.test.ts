import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeAll, Writer } from '../../../src/core/codec/codec.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import {
  addRange,
  commonRanges,
  countSeqs,
  emptyRanges,
  hasSeq,
  maxRanges,
  missingFrom,
  newestSeqs,
  readRanges,
  topSeq,
  writeRanges,
  type Ranges,
} from '../../../src/core/event/ranges.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'

const top = 60
const stretch = fc.tuple(fc.integer({ min: 1, max: top }), fc.integer({ min: 0, max: 8 }))
const stretches = fc.array(stretch, { maxLength: 12 })

function build(parts: readonly (readonly [number, number])[]): { ranges: Ranges; model: Set<number> } {
  const model = new Set<number>()
  let ranges = emptyRanges
  for (const [from, more] of parts) {
    ranges = addRange(ranges, from, from + more)
    for (let seq = from; seq <= from + more; seq++) model.add(seq)
  }
  return { ranges, model }
}

function assertCanonical(ranges: Ranges): void {
  ranges.forEach(({ from, to }, i) => {
    assert.ok(from <= to)
    assert.ok(i === 0 || from > (ranges[i - 1]?.to ?? 0) + 1, 'ranges are ascending and do not touch')
  })
}

test('ranges hold exactly what was added to them', () => {
  fc.assert(
    fc.property(stretches, (parts) => {
      const { ranges, model } = build(parts)
      assertCanonical(ranges)
      for (let seq = 0; seq <= top + 10; seq++) assert.equal(hasSeq(ranges, seq), model.has(seq))
      assert.equal(countSeqs(ranges), model.size)
      assert.equal(topSeq(ranges), Math.max(0, ...model))
    }),
  )
})

test('what is missing is what the other has and this one lacks', () => {
  fc.assert(
    fc.property(stretches, stretches, (a, b) => {
      const [mine, theirs] = [build(a), build(b)]
      const missing = missingFrom(mine.ranges, theirs.ranges)
      assertCanonical(missing)
      for (let seq = 0; seq <= top + 10; seq++)
        assert.equal(hasSeq(missing, seq), theirs.model.has(seq) && !mine.model.has(seq))
    }),
  )
})

test('what is common is what both have', () => {
  fc.assert(
    fc.property(stretches, stretches, (a, b) => {
      const [mine, theirs] = [build(a), build(b)]
      const common = commonRanges(mine.ranges, theirs.ranges)
      assertCanonical(common)
      for (let seq = 0; seq <= top + 10; seq++)
        assert.equal(hasSeq(common, seq), theirs.model.has(seq) && mine.model.has(seq))
    }),
  )
})

test('the newest numbers are the largest ones, ascending', () => {
  fc.assert(
    fc.property(stretches, fc.integer({ min: 0, max: 80 }), (parts, limit) => {
      const { ranges, model } = build(parts)
      const newest = limit === 0 ? [] : [...model].sort((a, b) => a - b).slice(-limit)
      assert.deepEqual(newestSeqs(ranges, limit), newest)
    }),
  )
})

test('ranges come out of their bytes as they went in', () => {
  fc.assert(
    fc.property(stretches, (parts) => {
      const { ranges } = build(parts)
      const writer = new Writer()
      writeRanges(writer, ranges)
      assert.deepEqual(decodeAll(writer.finish(), readRanges), ranges)
    }),
  )
})

test('of too many ranges only the newest are said', () => {
  let ranges = emptyRanges
  for (let i = 0; i < maxRanges + 5; i++) ranges = addRange(ranges, 1 + 3 * i, 2 + 3 * i)
  const writer = new Writer()
  writeRanges(writer, ranges)
  assert.deepEqual(decodeAll(writer.finish(), readRanges), ranges.slice(-maxRanges))
})

test('hostile bytes give canonical ranges or none', () => {
  const { ranges } = build([
    [1, 4],
    [9, 3],
    [400, 8],
  ])
  const writer = new Writer()
  writeRanges(writer, ranges)
  withHostileBytes(writer.finish(), (bytes) => {
    const read = decodeAll(bytes, readRanges)
    if (read === undefined) return
    assertCanonical(read)
    assert.ok(read.length <= maxRanges && topSeq(read) <= maxCounter && (read[0]?.from ?? 1) >= 1)
  })
})

const wrong: [what: string, parts: [from: number, more: number][]][] = [
  [
    'descending',
    [
      [5, 0],
      [1, 0],
    ],
  ],
  [
    'overlapping',
    [
      [1, 5],
      [3, 5],
    ],
  ],
  [
    'touching',
    [
      [1, 5],
      [7, 5],
    ],
  ],
  ['beginning at zero', [[0, 5]]],
  ['ending beyond 48 bits', [[maxCounter, 1]]],
]
for (const [what, parts] of wrong)
  test(`ranges ${what} are refused`, () => {
    const writer = new Writer().uint(parts.length)
    for (const [from, more] of parts) writer.uint(from).uint(more)
    assert.equal(decodeAll(writer.finish(), readRanges), undefined)
  })
