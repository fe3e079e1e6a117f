import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMessageId } from '../../../src/shared/ids.ts'
import { compareBytes } from '../../../src/core/codec/bytes.ts'
import { messageIdOf, positionOf } from '../../../src/core/conversation/messageId.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import type { Position } from '../../../src/core/ports/store.ts'

const position: fc.Arbitrary<Position> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: maxCounter }), fc.integer({ min: 0, max: 20 })),
    fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(255).map((fill) => new Uint8Array(32).fill(fill)),
    ),
  )
  .map(([clock, id]) => ({ clock, id }))

test('a message id names its place and nothing else', () => {
  fc.assert(
    fc.property(position, (place) => {
      const id = messageIdOf(place)
      assert.equal(parseMessageId(id), id)
      assert.deepEqual(positionOf(id), place)
    }),
  )
})

test('message ids sort as strings the way their messages follow each other', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      const [one, other] = [messageIdOf(a), messageIdOf(b)]
      const expected = Math.sign(a.clock - b.clock) || compareBytes(a.id, b.id)
      assert.equal(one < other ? -1 : Number(one > other), expected)
    }),
    { numRuns: 500 },
  )
})
