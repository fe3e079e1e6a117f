import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createReadMarker } from '../../../src/host/view/readMarker.ts'
import type { MessageId } from '../../../src/shared/ids.ts'

const id = (clock: number): MessageId => clock.toString(16).padStart(12, '0').padEnd(76, 'a') as MessageId

function withMarker(): { marks: MessageId[]; marker: ReturnType<typeof createReadMarker> } {
  const marks: MessageId[] = []
  return { marks, marker: createReadMarker((upTo) => marks.push(upTo)) }
}

test('nothing counts as read while nobody can be looking', () => {
  const { marks, marker } = withMarker()
  marker.offer(id(1))
  assert.deepEqual(marks, [])
})

test('what was in view is read once somebody looks', () => {
  const { marks, marker } = withMarker()
  marker.offer(id(1))
  marker.offer(id(2))
  marker.setAttentive(true)
  assert.deepEqual(marks, [id(2)])
})

test('what comes into view of somebody who looks is read at once, until they look away', () => {
  const { marks, marker } = withMarker()
  marker.setAttentive(true)
  marker.offer(id(1))
  marker.setAttentive(false)
  marker.offer(id(2))
  assert.deepEqual(marks, [id(1)])
})

test('markers only move forward, whatever is offered when', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.boolean(), fc.nat(50))), (steps) => {
      const { marks, marker } = withMarker()
      for (const step of steps) {
        if (typeof step === 'boolean') marker.setAttentive(step)
        else marker.offer(id(step))
      }
      assert.deepEqual(marks, [...new Set(marks)].sort())
    }),
  )
})
