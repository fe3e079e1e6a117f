import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../../src/core/codec/bytes.ts'
import {
  chooseRelay,
  parseRelayKey,
  relayAddress,
  relayKeyOf,
  relayKeyText,
  relayName,
} from '../../src/node/relayKey.ts'

const dayMs = 24 * 60 * 60 * 1000
const key = relayKeyOf(new Uint8Array(32).fill(7))

it('a relay’s key is passed on as text, however it was pasted', () => {
  assert.deepEqual(parseRelayKey(` ${relayKeyText(key).toUpperCase()}\n`), key)
  for (const text of ['', 'ab', 'g'.repeat(64), 'a'.repeat(63), 'a'.repeat(65)])
    assert.equal(parseRelayKey(text), undefined, text)
})

it('the name of a relay and the key it was made from say nothing of its key', () => {
  assert.ok(!relayKeyText(key).includes(relayName(key)))
  assert.notDeepEqual(key, new Uint8Array(32).fill(7))
})

it('a relay has another address every day, and is known by those of yesterday, today and tomorrow', () => {
  const chosen = chooseRelay(key)
  const day = 20_000
  const address = (other: number): Uint8Array => relayAddress(key, other).publicKey
  assert.deepEqual(chosen.address(day * dayMs + 1), address(day))
  assert.equal(new Set([18, 19, 20, 21, 22].map((other) => toHex(address(other)))).size, 5)
  const known = [-2, -1, 0, 1, 2].map((offset) => chosen.is(address(day + offset), day * dayMs + 1))
  assert.deepEqual(known, [false, true, true, true, false])
  assert.equal(chosen.is(relayAddress(relayKeyOf(new Uint8Array(32)), day).publicKey, day * dayMs), false)
})

it('any text is the key whose digits it has, or none', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEFg '), minLength: 60, maxLength: 68 })
  fc.assert(
    fc.property(fc.oneof(digits, fc.string()), (text) => {
      const read = parseRelayKey(text)
      if (read !== undefined) assert.equal(relayKeyText(read), text.trim().toLowerCase())
    }),
  )
})
