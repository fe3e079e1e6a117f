import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { addressKeyPair, admittedDays, dayOf, listeningDays } from '../../../src/core/identity/addressKeys.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { isSignatureValid, sign } from '../../../src/core/crypto/primitives.ts'

const secret = new Uint8Array(32).fill(1)
const at = (text: string): number => Date.parse(text)
const anyTime = fc.integer({ min: at('1969-01-01T00:00:00Z'), max: at('2200-01-01T00:00:00Z') })

test('the addresses of a secret never change', () => {
  const vectors: [number, string][] = [
    [0, '55dab7fca3f8903720ef8a1f145af5762b2db0f78fac4bec5902043418258110'],
    [20_000, '63eef8853b6a152f7c0914cb3fa4424d4fcc4d92dcd54d7f8a44acd24a540b14'],
  ]
  for (const [day, publicKey] of vectors) assert.equal(toHex(addressKeyPair(secret, day).publicKey), publicKey)
})

test('each day and each secret has an address of its own, the days before 1970 included', () => {
  const days = Array.from({ length: 200 }, (_, i) => i - 100)
  const other = new Uint8Array(32).fill(2)
  const keys = days.flatMap((day) => [addressKeyPair(secret, day), addressKeyPair(other, day)])
  assert.equal(new Set(keys.map((pair) => toHex(pair.publicKey))).size, keys.length)
})

test('an address is a key pair that signs', () => {
  const pair = addressKeyPair(secret, 1)
  const message = new Uint8Array([1])
  assert.ok(isSignatureValid(sign(message, pair.secretKey), message, pair.publicKey))
})

test('a secret of a wrong length is a bug', () => {
  for (const length of [0, 16, 31, 33, 64]) assert.throws(() => addressKeyPair(new Uint8Array(length), 1))
})

test('a day is one of UTC', () => {
  assert.equal(dayOf(0), 0)
  assert.equal(dayOf(86_399_999), 0)
  assert.equal(dayOf(86_400_000), 1)
  assert.equal(dayOf(-1), -1)
  assert.equal(dayOf(at('2024-10-04T23:59:59.999Z')), 20_000)
})

test('the neighbouring day is listened on within two hours of midnight', () => {
  const today = dayOf(at('2026-03-01T12:00:00Z'))
  const cases: [string, number[]][] = [
    ['2026-03-01T00:00:00.000Z', [today, today - 1]],
    ['2026-03-01T01:59:59.999Z', [today, today - 1]],
    ['2026-03-01T02:00:00.000Z', [today]],
    ['2026-03-01T12:00:00.000Z', [today]],
    ['2026-03-01T21:59:59.999Z', [today]],
    ['2026-03-01T22:00:00.000Z', [today, today + 1]],
    ['2026-03-01T23:59:59.999Z', [today, today + 1]],
  ]
  for (const [time, days] of cases) assert.deepEqual(listeningDays(at(time)), days, time)
})

test('callers whose clocks are a day off are admitted', () => {
  assert.deepEqual(admittedDays(at('1970-01-11T05:00:00Z')), [9, 10, 11])
})

test('two clocks up to two hours apart always share a day to listen on and to dial', () => {
  const twoHours = 2 * 3_600_000
  fc.assert(
    fc.property(anyTime, fc.integer({ min: -twoHours, max: twoHours }), (now, skew) => {
      assert.ok(listeningDays(now).includes(dayOf(now + skew)))
      assert.ok(admittedDays(now).includes(dayOf(now + skew)))
    }),
  )
})

test('every day that is listened on is one that is admitted', () => {
  fc.assert(
    fc.property(anyTime, (now) => {
      for (const day of listeningDays(now)) assert.ok(admittedDays(now).includes(day))
    }),
  )
})
