import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxCounter } from '../../../src/core/event/event.ts'
import {
  decodeRun,
  deviceOfRun,
  encodeRun,
  maxRunEvents,
  runEventBytes,
  type Run,
} from '../../../src/core/event/run.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'
import { anyRun, sampleChain, sampleRun } from './sampleLog.ts'

test('a run comes out of its bytes as it went in', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      assert.deepEqual(decodeRun(encodeRun(run)), run)
      assert.deepEqual(deviceOfRun(encodeRun(run)), run.device)
    }),
  )
})

test('an event adds no more bytes than it is counted for', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const counted = run.events.reduce((sum, { body }) => sum + runEventBytes(body), 256)
      assert.ok(encodeRun(run).length <= counted)
    }),
  )
})

test('an event of a long run costs five bytes and its body', () => {
  const events = sampleChain(101)
  const difference = encodeRun(sampleRun(events)).length - encodeRun(sampleRun(events.slice(0, 1))).length
  const bodies = 100 * 32
  assert.ok(difference - bodies <= 100 * 6, `${(difference - bodies) / 100} bytes an event`)
})

test('hostile bytes give a run within its bounds, or none', () => {
  withHostileBytes(encodeRun(sampleRun(sampleChain(3))), (bytes) => {
    const run = decodeRun(bytes)
    if (run === undefined) return
    assert.ok(run.events.length >= 1 && run.events.length <= maxRunEvents)
    run.events.forEach((event, i) => {
      assert.equal(event.seq, (run.events[0]?.seq ?? 0) + i)
      assert.ok(event.clock > (run.events[i - 1]?.clock ?? 0) && event.clock <= maxCounter)
      assert.ok(event.sentAt >= 0 && event.sentAt <= maxCounter && event.seq <= maxCounter)
    })
    assert.deepEqual(decodeRun(encodeRun(run)), run)
  })
})

const good = sampleRun(sampleChain(2))
const [first, second] = good.events as [Run['events'][0], Run['events'][0]]
for (const [what, run] of [
  ['of seq 0', { ...good, events: [{ ...first, seq: 0 }] }],
  ['beyond the last seq', { ...good, events: [{ ...first, seq: maxCounter }, second] }],
  ['whose clock stands still', { ...good, events: [first, { ...second, clock: first.clock }] }],
  ['of clock 0', { ...good, events: [{ ...first, clock: 0 }] }],
  [
    'with more events than a run may have',
    { ...good, events: Array.from({ length: maxRunEvents + 1 }, (_, i) => ({ ...first, seq: i + 1, clock: i + 1 })) },
  ],
  [
    'with a body over its bound',
    { ...good, events: [{ ...first, body: { kind: 'sealed', bytes: new Uint8Array(31 * 1024 + 1) } }] },
  ],
] satisfies [string, Run][])
  test(`a run ${what} is refused`, () => {
    assert.notEqual(decodeRun(encodeRun(good)), undefined)
    assert.equal(decodeRun(encodeRun(run)), undefined)
  })

test('a run without events is a bug of the writer', () => {
  assert.throws(() => encodeRun({ ...good, events: [] }))
})
