import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { FrameAssembly } from '../../src/node/frameAssembly.ts'

const frame = (length: number): Buffer => {
  const bytes = Buffer.alloc(3 + length, length)
  bytes.set([length & 255, (length >>> 8) & 255, length >>> 16])
  return bytes
}

function chunksOf(bytes: Buffer, sizes: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = []
  let offset = 0
  for (let i = 0; offset < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    chunks.push(bytes.subarray(offset, offset + size))
    offset += size
  }
  return chunks
}

/** An assembly of frames of 100 bytes at most, what came of it, and what was allocated. */
function setUp() {
  const [found, allocated]: [Buffer[], number[]] = [[], []]
  const assembly = new FrameAssembly(100, (size) => {
    allocated.push(size)
    return Buffer.alloc(size)
  })
  /** What was read may be overwritten. */
  const take = (chunk: Buffer): boolean => {
    const read = Buffer.from(chunk)
    const isBounded = assembly.take(read, (whole) => found.push(whole))
    read.fill(0xee)
    return isBounded
  }
  return { take, found, allocated }
}

const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 })

it('puts together any frames up to the limit, however they are cut, and needs nothing of what it was given', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 })
  fc.assert(
    fc.property(lengths, sizes, (frames, cuts) => {
      const { take, found } = setUp()
      const stream = Buffer.concat(frames.map(frame))
      assert.ok(chunksOf(stream, cuts).every(take))
      assert.deepEqual(
        found.map((whole) => whole.length),
        frames.map((length) => 3 + length),
      )
      assert.ok(Buffer.concat(found).equals(stream))
    }),
  )
})

it('refuses a frame over the limit at the last byte of its prefix, however the stream is cut, and allocates nothing for it', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 10 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 101, max: 0xffffff }), sizes, (frames, tooLong, cuts) => {
      const { take, found, allocated } = setUp()
      const before = Buffer.concat(frames.map(frame))
      const prefix = Buffer.from([tooLong & 255, (tooLong >>> 8) & 255, tooLong >>> 16])
      const answers = chunksOf(Buffer.concat([before, prefix]), cuts).map(take)
      assert.equal(answers.pop(), false)
      assert.ok(answers.every(Boolean))
      assert.equal(found.length, frames.length)
      assert.equal(allocated.length, frames.length)
    }),
  )
})
