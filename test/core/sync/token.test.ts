import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversationToken } from '../../../src/core/sync/token.ts'
import { samplePair } from '../link/samplePeers.ts'

const secret = new Uint8Array(32).fill(1)

test('both ends compute the same token, and no other connection, direction or secret gives it', () => {
  const { near, far } = samplePair()
  const token = conversationToken(secret, near, true)
  assert.deepEqual(conversationToken(secret, far, true), token)
  assert.notDeepEqual(conversationToken(secret, near, false), token)
  assert.notDeepEqual(conversationToken(secret, samplePair(1).near, true), token)
  assert.notDeepEqual(conversationToken(new Uint8Array(32).fill(2), near, true), token)
})
