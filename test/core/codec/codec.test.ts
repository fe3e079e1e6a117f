import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { decodeAll, Reader, Writer } from '../../../src/core/codec/codec.ts'
import { fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { truncations } from './hostileBytes.ts'

const reader = (hex: string): Reader => new Reader(fromHex(hex) as Uint8Array)
const largest = Number.MAX_SAFE_INTEGER

test('whole numbers take 1, 3, 5 or 9 bytes, little-endian', () => {
  const vectors: [number, string][] = [
    [0, '00'],
    [0xfc, 'fc'],
    [0xfd, 'fdfd00'],
    [0xffff, 'fdffff'],
    [0x10000, 'fe00000100'],
    [0xffffffff, 'feffffffff'],
    [0x100000000, 'ff0000000001000000'],
    [largest, 'ffffffffffffff1f00'],
  ]
  for (const [value, hex] of vectors) {
    assert.equal(toHex(new Writer().uint(value).finish()), hex)
    const read = reader(hex)
    assert.equal(read.uint(largest), value)
    assert.ok(read.isComplete)
  }
})

test('a number in a longer form than it needs is refused', () => {
  for (const hex of ['fd0000', 'fdfc00', 'fe00000000', 'feffff0000', 'ff0000000000000000', 'ffffffffff00000000']) {
    const read = reader(hex)
    assert.equal(read.uint(largest), 0)
    assert.ok(!read.isValid, hex)
  }
})

test('a number beyond the bound or beyond exact whole numbers is refused', () => {
  const bounded = reader('0b')
  assert.equal(bounded.uint(10), 0)
  assert.ok(!bounded.isValid)
  for (const hex of ['ff0000000000002000', 'ffffffffffffffffff']) {
    const read = reader(hex)
    read.uint(largest)
    assert.ok(!read.isValid, hex)
  }
})

interface Everything {
  byte: number
  number: number
  flag: boolean
  fixed: Uint8Array
  bytes: Uint8Array
  text: string
  maybe: number | undefined
  list: string[]
}

const everything: fc.Arbitrary<Everything> = fc.record(
  {
    byte: fc.nat(255),
    number: fc.maxSafeNat(),
    flag: fc.boolean(),
    fixed: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    bytes: fc.uint8Array({ maxLength: 300 }),
    text: fc.string({ unit: 'binary', maxLength: 50 }),
    maybe: fc.option(fc.maxSafeNat(), { nil: undefined }),
    list: fc.array(fc.string({ unit: 'binary', maxLength: 5 }), { maxLength: 5 }),
  },
  { noNullPrototype: true },
)

function write(value: Everything): Uint8Array {
  // A capacity of one byte, so that the writer has to grow.
  const writer = new Writer(1).uint8(value.byte).uint(value.number).boolean(value.flag).fixed(value.fixed)
  writer.bytes(value.bytes).string(value.text)
  writer.optional(value.maybe, (number) => writer.uint(number)).uint(value.list.length)
  for (const item of value.list) writer.string(item)
  return writer.finish()
}

function read(reader: Reader): Everything {
  return {
    byte: reader.uint8(),
    number: reader.uint(largest),
    flag: reader.boolean(),
    fixed: reader.fixed(4),
    bytes: reader.bytes(300),
    text: reader.string(200),
    maybe: reader.optional(() => reader.uint(largest)),
    list: reader.list(5, () => reader.string(20)),
  }
}

test('what was written comes back, and uses up all of the bytes', () => {
  fc.assert(fc.property(everything, (value) => assert.deepEqual(decodeAll(write(value), read), value)))
})

test('every truncation and every left-over byte is refused', () => {
  fc.assert(
    fc.property(everything, (value) => {
      const bytes = write(value)
      for (const shorter of truncations(bytes)) assert.equal(decodeAll(shorter, read), undefined)
      assert.equal(decodeAll(new Uint8Array([...bytes, 0]), read), undefined)
    }),
    { numRuns: 25 },
  )
})

test('any bytes decode to what encodes to the same bytes, or to nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40, max: 8 }), (bytes) => {
      const value = decodeAll(bytes, read)
      if (value !== undefined) assert.deepEqual(write(value), bytes)
    }),
    { numRuns: 2000 },
  )
})

test('after a failure every read gives an empty value and the reader stays failed', () => {
  const read = reader('0000000000')
  read.fail()
  assert.equal(read.uint8(), 0)
  assert.equal(read.uint(largest), 0)
  assert.equal(read.boolean(), false)
  assert.equal(read.fixed(1).length, 0)
  assert.equal(read.bytes(1).length, 0)
  assert.equal(read.string(1), '')
  assert.equal(
    read.optional(() => 1),
    undefined,
  )
  assert.deepEqual(
    read.list(9, () => 1),
    [],
  )
  assert.equal(read.remaining, 0)
  assert.ok(!read.isValid && !read.isComplete)
})

test('a length that promises more than there is, or more than allowed, is refused without being believed', () => {
  const refused: ((read: Reader) => unknown)[] = [
    (read) => read.fixed(4),
    (read) => read.bytes(largest),
    (read) => read.string(largest),
    (read) => read.list(largest, () => read.uint8()),
  ]
  for (const attempt of refused) {
    const read = reader('feffffff')
    attempt(read)
    read.uint8()
    assert.ok(!read.isComplete)
  }
  const over = reader('03616263')
  assert.equal(over.string(2), '')
  assert.ok(!over.isValid)
})

test('a list stops at its first bad item', () => {
  const read = reader('fc0101')
  let items = 0
  read.list(255, () => {
    items++
    return read.uint8()
  })
  assert.equal(items, 3)
  assert.ok(!read.isValid)
})

test('flags other than 0 and 1 and invalid UTF-8 are refused', () => {
  const flag = reader('02')
  flag.boolean()
  assert.ok(!flag.isValid)
  const text = reader('01ff')
  assert.equal(text.string(1), '')
  assert.ok(!text.isValid)
})

test('the writer says how much it has written, which its capacity does not limit', () => {
  const writer = new Writer(1)
  assert.equal(writer.length, 0)
  assert.equal(writer.uint8(1).uint(300).length, 4)
})

test('the reader says how much is left', () => {
  const read = reader('010203')
  assert.equal(read.remaining, 3)
  read.uint8()
  assert.equal(read.remaining, 2)
  assert.ok(read.isValid && !read.isComplete)
})

test('decodeAll gives nothing when the decoder itself gives nothing', () => {
  const nothing = (): number | undefined => undefined
  const one = (): number | undefined => 1
  assert.equal(decodeAll(new Uint8Array(), nothing), undefined)
  assert.equal(decodeAll(new Uint8Array(), one), 1)
})
