import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { fromBase64url, toBase64url } from '../../../src/core/codec/base64url.ts'

test('bytes come out as RFC 4648 writes them, without padding', () => {
  const vectors = { '': '', f: 'Zg', fo: 'Zm8', foo: 'Zm9v', foob: 'Zm9vYg', fooba: 'Zm9vYmE', foobar: 'Zm9vYmFy' }
  for (const [text, encoded] of Object.entries(vectors)) {
    assert.equal(toBase64url(new Uint8Array(Buffer.from(text))), encoded)
    assert.deepEqual(fromBase64url(encoded), new Uint8Array(Buffer.from(text)))
  }
})

test('bytes come back, and are encoded as Node does it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.equal(toBase64url(bytes), Buffer.from(bytes).toString('base64url'))
      assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes)
    }),
  )
})

test('no two texts give the same bytes', () => {
  const alphabet = [...'ABCgwQxyz0189-_=+/ ']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 9 }), (digits) => {
      const text = digits.join('')
      const bytes = fromBase64url(text)
      if (bytes !== undefined) assert.equal(toBase64url(bytes), text)
    }),
  )
})

test('padding, foreign characters, impossible lengths and left-over bits are refused', () => {
  for (const text of [
    'Zg==',
    'Zg=',
    'Z',
    'A',
    'AAAAA',
    'Zm9vZ',
    'Zh',
    'Zm9',
    'Z+8A',
    'Z/8A',
    'Zm 8',
    'Zm8\n',
    'Zmé',
    '😀😀',
  ])
    assert.equal(fromBase64url(text), undefined, text)
})
