import assert from 'node:assert/strict'
import { it } from 'node:test'
import { toHex } from '../../src/core/codec/bytes.ts'
import { nodeRandom } from '../../src/node/nodeRandom.ts'

it('gives as many bytes as asked for, in memory of their own', () => {
  for (const length of [0, 1, 24, 32, 1000]) {
    const bytes = nodeRandom.bytes(length)
    assert.equal(bytes.length, length)
    assert.equal(bytes.buffer.byteLength, length)
  }
})

it('never gives the same key twice', () => {
  const keys = new Set(Array.from({ length: 1000 }, () => toHex(nodeRandom.bytes(32))))
  assert.equal(keys.size, 1000)
})
