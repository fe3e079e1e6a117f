import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { compareBytes, concat, fromHex, idBytes, isEqual, toHex } from '../../../src/core/codec/bytes.ts'

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

test('hex is what Node makes of the same bytes, and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (input) => {
      assert.equal(toHex(input), Buffer.from(input).toString('hex'))
      assert.deepEqual(fromHex(toHex(input)), input)
    }),
  )
})

test('hex is read in either case', () => {
  assert.deepEqual(fromHex('00aBFf'), bytes(0, 0xab, 0xff))
})

test('hex with an odd number of digits or a foreign character is refused', () => {
  for (const text of ['0', 'abc', '0g', '0x', ' 00', '00 ', '-1', '½½', '0\n']) assert.equal(fromHex(text), undefined)
})

test('an id gives its bytes, and what is no id is a bug', () => {
  assert.deepEqual(idBytes('0aff'), bytes(10, 255))
  assert.throws(() => idBytes('no id'))
})

test('concat joins its parts in memory of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      assert.deepEqual(concat(...parts), new Uint8Array(Buffer.concat(parts)))
    }),
  )
  const part = bytes(1, 2)
  const whole = concat(part)
  part[0] = 9
  assert.deepEqual(whole, bytes(1, 2))
})

test('equality is that of every byte and of the length', () => {
  assert.ok(isEqual(bytes(), bytes()))
  assert.ok(isEqual(bytes(1, 2), bytes(1, 2)))
  assert.ok(!isEqual(bytes(1, 2), bytes(1, 3)))
  assert.ok(!isEqual(bytes(1, 2), bytes(1, 2, 0)))
  assert.ok(!isEqual(bytes(), bytes(0)))
})

test('bytes compare as Node compares them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 }), (a, b) => {
      assert.equal(compareBytes(a, b), Buffer.compare(a, b))
    }),
  )
  assert.equal(compareBytes(bytes(0x7f), bytes(0x80)), -1, 'unsigned')
  assert.equal(compareBytes(bytes(1), bytes(1, 0)), -1, 'the shorter one first')
})
