import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { hash, keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import {
  getUint48,
  headerBytes,
  HeaderWriter,
  maxCounter,
  noPrevious,
  setUint48,
} from '../../../src/core/event/event.ts'

const device = keyPairFromSeed(new Uint8Array(32).fill(7))
const conversation = new Uint8Array(32).fill(1)
const fields = { seq: 258, clock: 2 ** 40 + 5, sentAt: 1_900_000_000_000, epoch: new Uint8Array(16).fill(3) }
const body = { kind: 'sealed' as const, bytes: new Uint8Array([9, 8, 7]) }

function completed(previous: Uint8Array = noPrevious): { writer: HeaderWriter; id: Uint8Array; prefix: Uint8Array } {
  const writer = new HeaderWriter(conversation, device.publicKey)
  const prefix = writer.prefix(fields, previous).slice()
  return { writer, prefix, id: writer.complete(body) }
}

test('a header has the documented layout', () => {
  const { prefix } = completed(new Uint8Array(32).fill(2))
  assert.equal(
    toHex(prefix),
    '01' +
      '01'.repeat(32) +
      toHex(device.publicKey) +
      '000000000102' +
      '02'.repeat(32) +
      '010000000005' +
      '01ba60d33800' +
      '03'.repeat(16),
  )
})

test('an event id is the hash of its 167 bytes of header', () => {
  const { prefix, id } = completed()
  const header = new Uint8Array(headerBytes)
  header.set(prefix)
  header.set([0, 0, 0, 3], prefix.length)
  header.set(hash(body.bytes), prefix.length + 4)
  assert.equal(headerBytes, 167)
  assert.equal(toHex(id), toHex(hash(header)))
  assert.equal(toHex(id), 'af0afd02cafbd40c41a50893672fcb0e3ceb2ee21fcfe9cf78079ecae132d68a')
})

test('the signature of an event is the same for ever', () => {
  const { writer } = completed()
  assert.equal(
    toHex(writer.sign(device.secretKey)),
    'fe0d514304c2373986b8c66e50495e8492d14320dd218f57b905aa62e2d509bcb05d00f23705b067398dc6d1c6db6794d3bfc19147630ae194fa2e518c167a0a',
  )
})

test('an erased body leaves the id and the signature as they were', () => {
  const { writer, id } = completed()
  const signature = writer.sign(device.secretKey)
  writer.prefix(fields, noPrevious)
  const erased = writer.complete({ kind: 'erased', length: body.bytes.length, hash: hash(body.bytes) })
  assert.deepEqual(erased, id)
  assert.equal(writer.isSigned(signature), true)
})

test('a signature covers every field, the conversation and the device', () => {
  const { writer } = completed()
  const signature = writer.sign(device.secretKey)
  assert.equal(writer.isSigned(signature), true)
  const other = keyPairFromSeed(new Uint8Array(32).fill(8)).publicKey
  const changed: [HeaderWriter, typeof fields, Uint8Array, Uint8Array][] = [
    [new HeaderWriter(new Uint8Array(32).fill(5), device.publicKey), fields, noPrevious, body.bytes],
    [new HeaderWriter(conversation, other), fields, noPrevious, body.bytes],
    [writer, { ...fields, seq: 259 }, noPrevious, body.bytes],
    [writer, { ...fields, clock: 6 }, noPrevious, body.bytes],
    [writer, { ...fields, sentAt: 6 }, noPrevious, body.bytes],
    [writer, { ...fields, epoch: new Uint8Array(16) }, noPrevious, body.bytes],
    [writer, fields, new Uint8Array(32).fill(1), body.bytes],
    [writer, fields, noPrevious, new Uint8Array([9, 8, 6])],
  ]
  for (const [headers, changedFields, previous, bytes] of changed) {
    headers.prefix(changedFields, previous)
    headers.complete({ kind: 'sealed', bytes })
    assert.equal(headers.isSigned(signature), false)
  }
})

test('whole numbers up to 48 bits are written and read as they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: maxCounter }), (value) => {
      const bytes = new Uint8Array(10).fill(0xaa)
      setUint48(bytes, 2, value)
      assert.equal(getUint48(bytes, 2), value)
      assert.equal(toHex(bytes), `aaaa${value.toString(16).padStart(12, '0')}aaaa`)
    }),
  )
})
