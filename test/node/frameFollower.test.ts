import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { FrameFollower } from '../../src/node/frameFollower.ts'

const frame = (length: number): Buffer => {
  const bytes = Buffer.alloc(3 + length, 0xff)
  bytes.writeUIntLE(length, 0, 3)
  return bytes
}

it('knows what is missing of the frame that has begun, however the stream is cut', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 })
  const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(lengths, cuts, (frames, sizes) => {
      const stream = Buffer.concat(frames.map(frame))
      const follower = new FrameFollower()
      for (let [at, i] = [0, 0]; at < stream.length; i++) {
        const end = at + (sizes[i % sizes.length] ?? 1)
        const missing = follower.follow(stream.subarray(at, end))
        let begin = 0
        let expected = 0
        for (const length of frames) {
          const isInside = Math.min(end, stream.length) >= begin + 3 && end < begin + 3 + length
          if (isInside) expected = begin + 3 + length - end
          begin += 3 + length
        }
        assert.equal(missing, expected)
        at = end
      }
    }),
  )
})
