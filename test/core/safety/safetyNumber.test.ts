import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { fromHex } from '../../../src/core/codec/bytes.ts'
import { encodeUtf8 } from '../../../src/core/codec/utf8.ts'
import {
  fingerprintDigits,
  groupDigits,
  joinFingerprints,
  safetyNumber,
} from '../../../src/core/safety/safetyNumber.ts'

const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array
const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

test("the arithmetic gives the digits of Signal's published vector", () => {
  // libsignal, rust/protocol/src/fingerprint.rs: fingerprint_test_v1.
  const alice = hex('0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868')
  const bob = hex('05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b')
  const version = new Uint8Array(2)
  const ofAlice = fingerprintDigits(version, encodeUtf8('+14152222222'), alice, 5200)
  const ofBob = fingerprintDigits(version, encodeUtf8('+14153333333'), bob, 5200)
  const published = '300354477692869396892869876765458257569162576843440918079131'
  assert.equal(joinFingerprints(ofAlice, ofBob), published)
  assert.equal(joinFingerprints(ofBob, ofAlice), published)
})

test('the number of two root keys never changes', () => {
  assert.equal(safetyNumber(key(1), key(2)), '401914598839214025519443738339882668913534802426065980849401')
})

test('the number is that of 5,200 rounds over our own domain, computed another way', () => {
  const digitsOf = (person: Uint8Array): string => {
    const name = Buffer.from('tincan safety number')
    const start = Buffer.concat([Buffer.from([0, 0, name.length]), name, person, person, person])
    let value = createHash('sha512').update(start).digest()
    for (let round = 1; round < 5200; round++) value = createHash('sha512').update(value).update(person).digest()
    return [0, 5, 10, 15, 20, 25].map((at) => String(value.readUIntBE(at, 5) % 100_000).padStart(5, '0')).join('')
  }
  assert.equal(safetyNumber(key(1), key(2)), [digitsOf(key(1)), digitsOf(key(2))].sort().join(''))
})

test('both sides see the same 60 digits, and other people see others', () => {
  const number = safetyNumber(key(1), key(2))
  assert.match(number, /^[0-9]{60}$/)
  assert.equal(safetyNumber(key(2), key(1)), number)
  assert.notEqual(safetyNumber(key(1), key(3)), number)
})

test('a value of few digits keeps its zeros', () => {
  // Found by trying identifiers: each has a group below 10,000.
  const groups = Array.from({ length: 60 }, (_, i) => fingerprintDigits(new Uint8Array(), key(i), key(1), 1))
  for (const digits of groups) assert.match(digits, /^[0-9]{30}$/)
  assert.ok(groups.some((digits) => groupDigits(digits).some((group) => group.startsWith('0'))))
})

test('each round counts', () => {
  const of = (rounds: number): string => fingerprintDigits(new Uint8Array(2), key(1), key(2), rounds)
  assert.equal(new Set([of(1), of(2), of(5199), of(5200)]).size, 4)
})

test('the number is shown in 12 groups of 5', () => {
  const number = safetyNumber(key(1), key(2))
  const groups = groupDigits(number)
  assert.equal(groups.length, 12)
  for (const group of groups) assert.equal(group.length, 5)
  assert.equal(groups.join(''), number)
})

test('what is no root key is a bug', () => {
  assert.throws(() => safetyNumber(key(1), new Uint8Array(31)))
  assert.throws(() => safetyNumber(new Uint8Array(), key(1)))
})
