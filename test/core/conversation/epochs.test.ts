import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { epochIdOf, Epochs } from '../../../src/core/conversation/epochs.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const [key, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const nonce = new Uint8Array(24).fill(3)
const header = new Uint8Array(131).fill(4)
const body = new Uint8Array([5, 6, 7])

test('an epoch is named after its key, the same for ever', () => {
  assert.equal(toHex(epochIdOf(key)), 'e6a0fb4c478259ddfe80178ea38fca27')
  assert.notEqual(toHex(epochIdOf(other)), toHex(epochIdOf(key)))
})

test('a body opens under the key and the header it was sealed with, and under no other', () => {
  const epochs = new Epochs()
  epochs.add(key)
  epochs.add(other)
  const id = epochIdOf(key)
  const sealed = epochs.sealBody(id, nonce, body, header)
  assert.deepEqual(epochs.openBody(id, sealed, header), body)
  assert.equal(epochs.openBody(epochIdOf(other), sealed, header), 'damaged')
  for (const at of [0, 64, 130]) {
    const moved = header.slice()
    moved[at] = 0
    assert.equal(epochs.openBody(id, sealed, moved), 'damaged')
  }
  refusesHostileBytes(sealed, (bytes) => {
    const opened = epochs.openBody(id, bytes, header)
    return opened === 'damaged' ? undefined : opened
  })
})

test('a key that is not held is said to be missing, and nothing is sealed with it', () => {
  const epochs = new Epochs()
  epochs.add(key)
  assert.equal(epochs.openBody(epochIdOf(other), new Uint8Array(50), header), 'key-missing')
  assert.throws(() => epochs.sealBody(epochIdOf(other), nonce, body, header))
  epochs.get(epochIdOf(key))
  assert.equal(epochs.get(epochIdOf(other)), undefined)
})
