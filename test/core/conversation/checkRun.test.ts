import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRun, type RunVerdict } from '../../../src/core/conversation/checkRun.ts'
import { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { addRange, emptyRanges } from '../../../src/core/event/ranges.ts'
import {
  sampleChain,
  sampleConversation,
  sampleDevice,
  sampleRun,
  writeSample,
  type SampleEvent,
} from '../event/sampleLog.ts'

const chain = sampleChain(10)
const other = sampleChain(10, { salt: 1 })
const stretch = (events: readonly SampleEvent[], from: number, to: number): SampleEvent[] => events.slice(from - 1, to)

/** What the log's reader holds, and its verdict over a run. */
function check(held: readonly SampleEvent[], run: ReturnType<typeof sampleRun>): RunVerdict {
  const ranges = held.reduce((sum, { seq }) => addRange(sum, seq, seq), emptyRanges)
  const record = {
    number: 1,
    conversation: sampleConversation,
    device: sampleDevice.publicKey,
    person: new Uint8Array(32),
    ranges,
    isConflicting: false,
  }
  return checkRun(new DeviceLog(record, undefined), run, (seq) => held.find((event) => event.seq === seq))
}

const seqs = (verdict: RunVerdict): number[] | string =>
  verdict.kind === 'valid' ? verdict.fresh.map(({ event }) => event.seq) : JSON.stringify(verdict)
const refused = (why: string): RunVerdict => ({ kind: 'refused', why }) as RunVerdict

test('a signed run is valid, and its events get their ids', () => {
  const verdict = check([], sampleRun(chain))
  assert.ok(verdict.kind === 'valid' && verdict.isSigned)
  assert.deepEqual(
    verdict.fresh.map(({ id, previous }) => [id, previous]),
    chain.map(({ id, previous }) => [id, previous]),
  )
})

test('a run in the middle of a log is valid: the gap below is filled later', () => {
  assert.deepEqual(seqs(check([], sampleRun(stretch(chain, 6, 10)))), [6, 7, 8, 9, 10])
})

test('a run without a signature is refused, unless what is held already names its last event', () => {
  assert.deepEqual(check([], sampleRun(chain, false)), refused('unsigned'))
  assert.deepEqual(check(stretch(chain, 8, 10), sampleRun(stretch(chain, 1, 6), false)), refused('unsigned'))
  const anchored = check(stretch(chain, 7, 10), sampleRun(stretch(chain, 2, 6), false))
  assert.deepEqual(seqs(anchored), [2, 3, 4, 5, 6])
  assert.ok(anchored.kind === 'valid' && !anchored.isSigned)
})

test('an anchored run with one event changed is refused', () => {
  const run = sampleRun(stretch(chain, 2, 6), false)
  const forged = run.events.map((event, i) => (i === 1 ? { ...event, sentAt: event.sentAt + 1 } : event))
  assert.deepEqual(check(stretch(chain, 7, 10), { ...run, events: forged }), refused('unsigned'))
})

test('a wrong signature is refused, and so is a right one over another run', () => {
  const run = sampleRun(chain)
  const flipped = (run.signature as Uint8Array).slice()
  flipped[0] = (flipped[0] as number) ^ 1
  assert.deepEqual(check([], { ...run, signature: flipped }), refused('wrong-signature'))
  assert.deepEqual(check([], { ...run, signature: chain[8]?.signature as Uint8Array }), refused('wrong-signature'))
  const changed = run.events.map((event, i) => (i === 0 ? { ...event, clock: 1 } : event))
  assert.deepEqual(check([], { ...run, events: changed }), refused('wrong-signature'))
})

test('a run of another conversation or of another device is refused', () => {
  const moved = sampleChain(3, { conversation: new Uint8Array(32).fill(9) })
  assert.deepEqual(check([], sampleRun(moved)), refused('wrong-signature'))
  const stranger = sampleChain(3, { device: keyPairFromSeed(new Uint8Array(32).fill(1)) })
  assert.deepEqual(check([], sampleRun(stranger)), refused('wrong-signature'))
})

test('a run that is held already brings nothing new', () => {
  assert.deepEqual(seqs(check(chain, sampleRun(chain))), [])
  assert.deepEqual(seqs(check(chain, sampleRun(stretch(chain, 3, 5), false))), [])
})

test('of a run that overlaps what is held, only the rest is new', () => {
  assert.deepEqual(seqs(check(stretch(chain, 1, 4), sampleRun(stretch(chain, 3, 7)))), [5, 6, 7])
  assert.deepEqual(seqs(check(stretch(chain, 4, 5), sampleRun(chain))), [1, 2, 3, 6, 7, 8, 9, 10])
  assert.deepEqual(seqs(check(stretch(chain, 5, 10), sampleRun(stretch(chain, 2, 7)))), [2, 3, 4])
})

for (const [where, held, run] of [
  ['at the same seq', stretch(chain, 1, 3), sampleRun(stretch(other, 3, 3))],
  ['below what is held', stretch(chain, 4, 6), sampleRun(stretch(other, 1, 3))],
  ['above what is held', stretch(chain, 1, 3), sampleRun(stretch(other, 4, 6))],
  ['around what is held', stretch(chain, 4, 6), sampleRun(other)],
] as const)
  test(`a signed history that contradicts what is held (${where}) is conflicting`, () => {
    assert.deepEqual(check(held, run), { kind: 'conflicting' })
  })

test('a contradiction that its author did not sign is only refused', () => {
  const run = sampleRun(stretch(other, 3, 3))
  assert.deepEqual(check(stretch(chain, 1, 3), sampleRun(stretch(other, 3, 3), false)), refused('unsigned'))
  const signature = chain[2]?.signature as Uint8Array
  assert.deepEqual(check(stretch(chain, 1, 3), { ...run, signature }), refused('wrong-signature'))
})

test('a first event that names one before it is refused', () => {
  const [sample] = chain
  assert.ok(sample)
  const event = writeSample(sample, new Uint8Array(32).fill(1))
  assert.deepEqual(check([], sampleRun([event])), refused('broken-chain'))
})

test('a clock that does not grow across a joint is refused', () => {
  const [, , third] = chain
  assert.ok(third)
  const stale = writeSample({ ...third, seq: 4, clock: third.clock }, third.id)
  assert.deepEqual(check(stretch(chain, 1, 3), sampleRun([stale])), refused('clock'))
  const late = writeSample({ ...third, clock: 1_000 }, third.previous)
  const above = writeSample({ ...third, seq: 4, clock: 999 }, late.id)
  assert.deepEqual(check([above], sampleRun([late], false)), refused('clock'))
})
