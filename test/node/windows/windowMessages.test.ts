import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  encodeHelloAnswer,
  encodeHelloRequest,
  encodeProof,
  parseAttention,
  parseHelloAnswer,
  parseHelloRequest,
  parseProof,
  parseStanding,
} from '../../../src/node/windows/windowMessages.ts'
import { isWindowProof, proveWindow } from '../../../src/node/windows/windowProof.ts'

const travelled = (value: object): unknown => JSON.parse(JSON.stringify(value))
const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

test('what windows say to each other arrives as it was said', () => {
  const hello = { protocol: 1, nonce: bytes(1) }
  assert.deepEqual(parseHelloRequest(travelled(encodeHelloRequest(hello))), hello)
  const welcome = { kind: 'welcome', nonce: bytes(2), proof: bytes(3) } as const
  assert.deepEqual(parseHelloAnswer(travelled(encodeHelloAnswer(welcome))), welcome)
  for (const why of ['leader-locked', 'no-key', 'version', 'crowded'] as const) {
    const refused = { kind: 'refused', why } as const
    assert.deepEqual(parseHelloAnswer(travelled(encodeHelloAnswer(refused))), refused)
  }
  assert.deepEqual(parseProof(travelled(encodeProof(bytes(4)))), bytes(4))
})

test('a reason that this build does not know is one of another version', () => {
  assert.deepEqual(parseHelloAnswer({ refused: 'full-moon' }), { kind: 'refused', why: 'version' })
})

test('anything else is nothing, whatever it is', () => {
  const parsers = [parseHelloRequest, parseHelloAnswer, parseProof, parseStanding, parseAttention]
  const wrong = [
    null,
    [],
    'hello',
    { protocol: '1', nonce: 'ab'.repeat(32) },
    { protocol: 1, nonce: 'ab'.repeat(31) },
    { nonce: 'ab'.repeat(32), proof: 'xy'.repeat(32) },
    { proof: ['ab'.repeat(32)] },
    { speaks: 1, isAnyFocused: true },
    { isFocused: true, usedAt: 'now' },
    Object.create({ isFocused: true, usedAt: 1, proof: 'ab'.repeat(32), speaks: true, isAnyFocused: true }),
  ]
  for (const value of wrong) for (const parse of parsers) assert.equal(parse(value), undefined)
  fc.assert(fc.property(fc.jsonValue(), (value) => parsers.forEach((parse) => void parse(value))))
})

test('a proof counts for one key, one role, one connection and one epoch', () => {
  const introduction = { followerNonce: bytes(1), leaderNonce: bytes(2), epoch: 3 }
  const proof = proveWindow(bytes(9), 'follower', introduction)
  assert.ok(isWindowProof(proof, bytes(9), 'follower', introduction))
  assert.ok(!isWindowProof(proof, bytes(8), 'follower', introduction))
  assert.ok(!isWindowProof(proof, bytes(9), 'leader', introduction))
  assert.ok(!isWindowProof(proof, bytes(9), 'follower', { ...introduction, followerNonce: bytes(4) }))
  assert.ok(!isWindowProof(proof, bytes(9), 'follower', { ...introduction, leaderNonce: bytes(4) }))
  assert.ok(!isWindowProof(proof, bytes(9), 'follower', { ...introduction, epoch: 4 }))
  assert.ok(!isWindowProof(proof.subarray(1), bytes(9), 'follower', introduction))
})
