import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFirstSync, settlingMs } from '../../../src/host/notify/firstSync.ts'
import { conversation } from '../sampleChat.ts'

test('what was there from the beginning is told of at once', () => {
  const sync = createFirstSync(() => 5)
  sync.note([conversation()], false)
  sync.note([conversation()], true)
  assert.equal(sync.isUnderWay(conversation()), false)
})

test('a conversation that came to be stays silent while its history comes', () => {
  let now = 0
  const sync = createFirstSync(() => now)
  sync.note([], true)
  assert.equal(sync.isUnderWay(conversation()), true)
  sync.note([conversation()], true)
  now = settlingMs - 1
  assert.equal(sync.isUnderWay(conversation()), true)
  now = settlingMs
  assert.equal(sync.isUnderWay(conversation()), false)
})

test('whatever is missing is history, however old the conversation is', () => {
  const sync = createFirstSync(() => 0)
  sync.note([conversation()], true)
  assert.equal(sync.isUnderWay(conversation({ missing: 3 })), true)
})
