import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  decodePacket,
  encodeLongFrame,
  encodePackets,
  maxFrameBytes,
  maxPacketFrames,
} from '../../../src/core/link/packet.ts'
import { maxPacketBytes } from '../../../src/core/ports/transport.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'

const buckets = [1_120, 4 * 1024, 16 * 1024, 64 * 1024]

test('frames come out of packets as they went in, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 3_000 }), { maxLength: 60 }), (frames) => {
      const packets = encodePackets(frames)
      assert.deepEqual(
        packets.flatMap((packet) => decodePacket(packet)),
        frames,
      )
      for (const { length } of packets) assert.ok(buckets.includes(length), `${length} bytes`)
    }),
  )
})

test('a packet shows a bucket, and not the length of what is in it', () => {
  for (const [bytes, bucket] of [
    [1, 1_120],
    [1_117, 1_120],
    [1_118, 4_096],
    [4_093, 4_096],
    [16_381, 16_384],
    [16_382, 65_536],
    [maxFrameBytes, 65_536],
  ] as const)
    assert.deepEqual(
      encodePackets([new Uint8Array(bytes).fill(7)]).map(({ length }) => length),
      [bucket],
    )
})

test('a frame that is given in two pieces makes the same packet as in one', () => {
  const lengths = fc.oneof(fc.nat(70), fc.nat(2_000), fc.integer({ min: 16_370, max: 16_390 }), fc.constant(64_540))
  const used = (size: number): Uint8Array => new Uint8Array(size).fill(0xee)
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 40 }), (end, beginning) => {
      const frame = Uint8Array.from({ length: beginning + end }, (_, i) => (i * 7) & 255)
      const packet = encodeLongFrame(frame.subarray(0, beginning), frame.subarray(beginning), used)
      assert.ok(Buffer.from(packet).equals(encodePackets([frame])[0] ?? new Uint8Array(0)))
    }),
  )
  const empty = new Uint8Array(0)
  assert.throws(() => encodeLongFrame(empty, empty, used), { name: 'Error' })
  assert.throws(() => encodeLongFrame(new Uint8Array(1), new Uint8Array(maxFrameBytes), used), { name: 'Error' })
})

test('as many frames as a packet takes share one, and one more begins another', () => {
  const frames = Array.from({ length: maxPacketFrames + 1 }, () => new Uint8Array([1]))
  assert.deepEqual(
    encodePackets(frames).map((packet) => decodePacket(packet)?.length),
    [maxPacketFrames, 1],
  )
  assert.deepEqual(encodePackets([]), [])
})

test('an empty frame and one over the bound are bugs of the sender', () => {
  assert.throws(() => encodePackets([new Uint8Array()]))
  assert.throws(() => encodePackets([new Uint8Array(maxFrameBytes + 1)]))
})

test('padding that is not zero is refused', () => {
  const [packet] = encodePackets([new Uint8Array([1, 2, 3])])
  assert.ok(packet)
  for (const at of [5, 100, packet.length - 1]) {
    const changed = packet.slice()
    changed[at] = 1
    assert.equal(decodePacket(changed), undefined, `byte ${at}`)
  }
})

test('a packet with too many frames, or that is too long, is refused', () => {
  const crowded = new Uint8Array(2 * (maxPacketFrames + 1))
  for (let i = 0; i < crowded.length; i += 2) crowded[i] = 1
  assert.equal(decodePacket(crowded), undefined)
  assert.equal(decodePacket(crowded.subarray(2))?.length, maxPacketFrames)
  assert.equal(decodePacket(new Uint8Array(maxPacketBytes + 1)), undefined)
})

test('hostile bytes give non-empty frames or none', () => {
  const [packet] = encodePackets([new Uint8Array([1, 2, 3]), new Uint8Array(300).fill(9)])
  withHostileBytes((packet as Uint8Array).slice(0, 340), (bytes) => {
    for (const frame of decodePacket(bytes) ?? []) assert.ok(frame.length > 0)
  })
})
