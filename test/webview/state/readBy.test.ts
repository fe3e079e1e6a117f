import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBy } from '../../../src/webview/state/readBy.ts'
import { ada, bob, bobby, carol, conversation, idAt, message } from '../harness/fixtures.ts'

const room = conversation({
  members: [bob, carol].map((person) => ({ person, name: 'Somebody', verified: false })),
  readers: [
    { person: bob, upTo: idAt(2) },
    { person: carol, upTo: idAt(4) },
    // Who has left counts no more.
    { person: bobby, upTo: idAt(9) },
  ],
})

test('a message was read by those who have read as far', () => {
  const counts = [1, 2, 3, 4, 5].map((clock) => readBy(room, message(clock, { author: ada })))
  assert.deepEqual(counts, [2, 2, 1, 1, 0])
})

test('what is still queued was read by nobody, whatever others say', () => {
  assert.equal(readBy(room, message(1, { author: ada, state: 'queued' })), 0)
})

test('what others wrote has no readers to count', () => {
  assert.equal(readBy(room, message(1)), 0)
})

test('where nobody tells how far they have read nobody has', () => {
  assert.equal(readBy(conversation(), message(1, { author: ada })), 0)
})
