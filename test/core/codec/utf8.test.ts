import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { decodeUtf8, encodeUtf8, isWellFormed } from '../../../src/core/codec/utf8.ts'

const loneHigh = '\ud83d'
const loneLow = '\ude00'

test('well-formed text comes back unchanged, a byte-order mark included', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(decodeUtf8(encodeUtf8(text)), text)))
  assert.equal(decodeUtf8(encodeUtf8('\ufeffx')), '\ufeffx')
})

test('text is well-formed when it has no lone surrogate', () => {
  for (const text of ['', 'abc', '😀', 'é', '\u0000', '\uffff']) assert.ok(isWellFormed(text))
  for (const text of [loneHigh, loneLow, `a${loneHigh}b`, `${loneLow}${loneHigh}`, `😀${loneLow}`])
    assert.ok(!isWellFormed(text))
})

test('well-formedness is what the language itself says', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', loneHigh, loneLow)), (units) => {
      const text = units.join('')
      assert.equal(isWellFormed(text), text.isWellFormed())
    }),
  )
})

test('invalid UTF-8 is refused', () => {
  const invalid = [
    [0x80], // a continuation without a start
    [0xc3], // a start without its continuation
    [0xc0, 0x80], // longer than need be
    [0xed, 0xa0, 0x80], // a surrogate
    [0xf4, 0x90, 0x80, 0x80], // beyond Unicode
    [0xff],
  ]
  for (const bytes of invalid) assert.equal(decodeUtf8(new Uint8Array(bytes)), undefined)
})

test('any bytes decode to a text of the same bytes, or to nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = decodeUtf8(bytes)
      if (text !== undefined) assert.deepEqual(encodeUtf8(text), bytes)
    }),
  )
})
