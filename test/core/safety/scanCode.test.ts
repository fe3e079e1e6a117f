import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { compareScan, scanCode } from '../../../src/core/safety/scanCode.ts'

const keyOf = (seed: number): Uint8Array => keyPairFromSeed(new Uint8Array(32).fill(seed)).publicKey
const [alice, bob, carol] = [keyOf(1), keyOf(2), keyOf(3)]

test('what one side shows is what the other side expects, and what it shows itself is not', () => {
  const shown = scanCode(alice, bob)
  assert.match(shown, /^TINCAN:1:[0-9A-F]{64}:[0-9A-F]{64}$/)
  assert.equal(compareScan(shown, bob, alice), 'same')
  assert.equal(compareScan(` ${shown.toLowerCase()}\n`, bob, alice), 'same')
  assert.equal(compareScan(shown, alice, bob), 'different')
  assert.equal(compareScan(scanCode(carol, bob), bob, alice), 'different')
  assert.equal(compareScan(scanCode(alice, carol), bob, alice), 'different')
})

test('a code of another version, or no code at all, is told apart from a wrong one', () => {
  const shown = scanCode(alice, bob)
  assert.equal(compareScan(shown.replace('TINCAN:1:', 'TINCAN:2:'), bob, alice), 'other-version')
  assert.equal(compareScan('TINCAN:99:whatever comes then', bob, alice), 'other-version')
  for (const text of ['', 'hello', shown.slice(0, -1), `${shown}0`, `x${shown}`, 'TINCAN:1:', 'TINCAN:1:GG:00'])
    assert.equal(compareScan(text, bob, alice), 'unreadable', text)
})

test('no text that a scanner reads is taken for the right code, or makes it fail', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `TINCAN:1:${text}`),
      ),
      (text) => {
        assert.notEqual(compareScan(text, bob, alice), 'same')
      },
    ),
  )
})
