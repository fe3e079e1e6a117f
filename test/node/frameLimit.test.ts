import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { FrameLimit } from '../../src/node/frameLimit.ts'

const frame = (length: number): Uint8Array => {
  const bytes = new Uint8Array(3 + length).fill(0xff)
  bytes.set([length & 255, (length >>> 8) & 255, length >>> 16])
  return bytes
}

function chunksOf(bytes: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let offset = 0
  for (let i = 0; offset < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    chunks.push(bytes.subarray(offset, offset + size))
    offset += size
  }
  return chunks
}

const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 })

it('accepts any frames up to the limit, however they are cut', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 })
  fc.assert(
    fc.property(lengths, sizes, (frames, cuts) => {
      const limit = new FrameLimit(100)
      const stream = Buffer.concat(frames.map(frame))
      assert.ok(chunksOf(stream, cuts).every((chunk) => limit.accepts(chunk)))
    }),
  )
})

it('refuses a frame over the limit at the last byte of its prefix, however the stream is cut', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 10 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 101, max: 0xffffff }), sizes, (frames, tooLong, cuts) => {
      const limit = new FrameLimit(100)
      const before = Buffer.concat(frames.map(frame))
      const prefix = Buffer.from([tooLong & 255, (tooLong >>> 8) & 255, tooLong >>> 16])
      const chunks = chunksOf(Buffer.concat([before, prefix]), cuts)
      const answers = chunks.map((chunk) => limit.accepts(chunk))
      assert.equal(answers.pop(), false)
      assert.ok(answers.every(Boolean))
    }),
  )
})
