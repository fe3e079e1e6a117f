import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import { addRange, emptyRanges } from '../../../src/core/event/ranges.ts'
import { encodeRun } from '../../../src/core/event/run.ts'
import { maxParts } from '../../../src/core/files/fileShape.ts'
import { decodeFrame, encodeFrame, maxChannels, maxHaveEntries, type Frame } from '../../../src/core/link/frame.ts'
import type { ComparisonStep } from '../../../src/core/safety/comparisonStep.ts'
import { verdicts } from '../../../src/core/safety/comparisonStep.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'
import { anyRun, sampleChain, sampleRun } from '../event/sampleLog.ts'

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const channel = fc.nat(maxChannels - 1)
const ranges = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(5)), { maxLength: 8 })
  .map((parts) => parts.reduce((sum, [from, more]) => addRange(sum, from, from + more), emptyRanges))
const span = fc
  .tuple(fc.integer({ min: 1, max: maxCounter }), fc.integer({ min: 1, max: maxCounter }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))

const file = fc.nat(maxCounter)
const part = fc.integer({ min: 1, max: maxParts })

const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
  fc.nat().map((nonce): Frame => ({ type: 'ping', nonce })),
  fc.nat().map((nonce): Frame => ({ type: 'pong', nonce })),
  fc
    .tuple(fc.string({ maxLength: 16 }), fc.uint8Array({ maxLength: 1024 }), bytes(32))
    .map(([name, deviceList, addressSecret]): Frame => ({ type: 'profile', name, deviceList, addressSecret })),
  fc.tuple(channel, bytes(32)).map(([n, token]): Frame => ({ type: 'open', channel: n, token })),
  fc
    .tuple(channel, fc.array(fc.tuple(bytes(32), ranges), { maxLength: maxHaveEntries }))
    .map(([n, entries]): Frame => ({
      type: 'have',
      channel: n,
      entries: entries.map(([device, held]) => ({ device, ranges: held })),
    })),
  fc
    .tuple(channel, bytes(32), span)
    .map(([n, device, { from, to }]): Frame => ({ type: 'want', channel: n, device, from, to })),
  fc.tuple(channel, fc.nat(1024)).map(([n, count]): Frame => ({ type: 'credit', channel: n, count })),
  fc.tuple(channel, bytes(32)).map(([n, device]): Frame => ({ type: 'done', channel: n, device })),
  fc.tuple(channel, anyRun).map(([n, run]): Frame => ({ type: 'run', channel: n, run: encodeRun(run) })),
  fc.tuple(bytes(32), bytes(32)).map(([secret, token]): Frame => ({ type: 'keepsake', secret, token })),
  fc.tuple(channel, fc.boolean()).map(([n, isTyping]): Frame => ({ type: 'typing', channel: n, isTyping })),
  fc
    .tuple(channel, fc.integer({ min: 0, max: maxCounter }), bytes(32))
    .map(([n, clock, id]): Frame => ({ type: 'read', channel: n, upTo: { clock, id } })),
  fc
    .tuple(channel, fc.array(fc.tuple(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.nat(3_600)), { maxLength: 9 }))
    .map(([n, members]): Frame => ({
      type: 'around',
      channel: n,
      members: members.map(([id, agoSeconds]) => ({ id, agoSeconds })),
    })),
  bytes(32).map((digest): Frame => ({ type: 'address-noted', digest })),
  fc
    .oneof(
      bytes(32).map((commitment): ComparisonStep => ({ kind: 'commit', commitment })),
      bytes(32).map((nonce): ComparisonStep => ({ kind: 'reveal', nonce })),
      fc.constantFrom(...verdicts).map((verdict): ComparisonStep => ({ kind: 'end', verdict })),
    )
    .map((step): Frame => ({ type: 'compare', step })),
  fc
    .tuple(channel, file, bytes(32), part)
    .map(([n, number, root, held]): Frame => ({ type: 'file-open', channel: n, file: number, root, held })),
  fc.tuple(file, ranges).map(([number, parts]): Frame => ({ type: 'file-has', file: number, parts })),
  fc
    .tuple(fc.constantFrom('file-ask' as const, 'file-lack' as const), file, part, fc.integer({ min: 1, max: 64 }))
    .map(([type, number, from, count]): Frame => ({ type, file: number, from, count })),
  fc
    .tuple(file, part, fc.uint8Array({ maxLength: 4096 }))
    .map(([number, n, content]): Frame => ({ type: 'file-part', file: number, part: n, bytes: content })),
  file.map((number): Frame => ({ type: 'file-close', file: number })),
  fc.boolean().map((isLastSeenShown): Frame => ({ type: 'presence', isLastSeenShown })),
  fc.constantFrom('leaving', 'replaced', 'protocol', 'removed').map((reason): Frame => ({ type: 'bye', reason })),
)

test('a frame of every type comes out of its bytes as it went in', () => {
  fc.assert(
    fc.property(anyFrame, (frame) => {
      assert.deepEqual(decodeFrame(encodeFrame(frame)), frame)
    }),
    { numRuns: 600 },
  )
})

test('frames have the same bytes for ever', () => {
  const device = new Uint8Array(32).fill(0xdd)
  const hex = 'dd'.repeat(32)
  for (const [frame, expected] of [
    [{ type: 'ping', nonce: 7 }, '0007'],
    [{ type: 'pong', nonce: 300 }, '01fd2c01'],
    [{ type: 'open', channel: 3, token: device }, `0303${hex}`],
    [{ type: 'typing', channel: 3, isTyping: true }, '0c0301'],
    [{ type: 'read', channel: 3, upTo: { clock: 5, id: device } }, `0d0305${hex}`],
    [{ type: 'presence', isLastSeenShown: false }, '0e00'],
    [
      { type: 'around', channel: 1, members: [{ id: device.subarray(0, 8), agoSeconds: 5 }] },
      '0f0101dddddddddddddddd05',
    ],
    [{ type: 'address-noted', digest: device }, `10${hex}`],
    [{ type: 'compare', step: { kind: 'commit', commitment: device } }, `1100${hex}`],
    [{ type: 'compare', step: { kind: 'reveal', nonce: device } }, `1101${hex}`],
    [{ type: 'compare', step: { kind: 'end', verdict: 'different' } }, '110201'],
    [{ type: 'have', channel: 1, entries: [{ device, ranges: [{ from: 1, to: 5 }] }] }, `040101${hex}010104`],
    [{ type: 'want', channel: 1, device, from: 2, to: 9 }, `0501${hex}0209`],
    [{ type: 'credit', channel: 0, count: 16 }, '060010'],
    [{ type: 'done', channel: 0, device }, `0700${hex}`],
    [{ type: 'bye', reason: 'replaced' }, '0901'],
    [
      { type: 'keepsake', secret: new Uint8Array(32).fill(1), token: new Uint8Array(32).fill(2) },
      `0a${'01'.repeat(32)}${'02'.repeat(32)}`,
    ],
  ] as const)
    assert.equal(toHex(encodeFrame(frame)), expected)
})

test('a type of a later version is told from one that is wrong', () => {
  assert.equal(decodeFrame(new Uint8Array([99, 1, 2, 3])), 'unknown')
  assert.equal(decodeFrame(new Uint8Array([255])), 'unknown')
  assert.equal(decodeFrame(new Uint8Array([])), undefined)
  assert.equal(decodeFrame(new Uint8Array([9, 9])), undefined)
})

test('a frame out of its bounds is refused', () => {
  const device = new Uint8Array(32)
  const entry = { device, ranges: emptyRanges }
  const wrong: Frame[] = [
    { type: 'open', channel: maxChannels, token: device },
    { type: 'want', channel: 0, device, from: 0, to: 3 },
    { type: 'want', channel: 0, device, from: 4, to: 3 },
    { type: 'credit', channel: 0, count: 1025 },
    { type: 'have', channel: 0, entries: Array.from({ length: maxHaveEntries + 1 }, () => entry) },
    { type: 'profile', name: 'n'.repeat(65), deviceList: device, addressSecret: device },
    { type: 'profile', name: 'n', deviceList: new Uint8Array(2049), addressSecret: device },
  ]
  for (const frame of wrong)
    assert.equal(decodeFrame(encodeFrame(frame)), undefined, JSON.stringify(frame).slice(0, 60))
})

test('hostile bytes give a frame that encodes again, or none', () => {
  const device = new Uint8Array(32).fill(3)
  const frames: Frame[] = [
    { type: 'have', channel: 1, entries: [{ device, ranges: [{ from: 1, to: 5 }] }] },
    { type: 'want', channel: 1, device, from: 2, to: 9 },
    { type: 'profile', name: 'Zoë', deviceList: new Uint8Array(40), addressSecret: device },
    { type: 'run', channel: 1, run: encodeRun(sampleRun(sampleChain(2))) },
  ]
  for (const frame of frames)
    withHostileBytes(encodeFrame(frame), (hostile) => {
      const read = decodeFrame(hostile)
      if (read !== undefined && read !== 'unknown') assert.deepEqual(decodeFrame(encodeFrame(read)), read)
    })
})
