import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SyncedLogs } from '../../../src/core/conversation/syncedLogs.ts'
import { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import { decodeRun } from '../../../src/core/event/run.ts'
import type { Frame } from '../../../src/core/link/frame.ts'
import type { Link } from '../../../src/core/link/link.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import { RunSender } from '../../../src/core/sync/runSender.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { sampleChain, sampleConversation, sampleRun, type SampleEvent } from '../event/sampleLog.ts'

const eventsPerRun = 10

/** A link that only remembers, and a conversation that holds `count` events of each of `logs` logs. */
function setUp(logs: number, count: number, clock: Clock = new FakeClock()) {
  const said: string[] = []
  const link = {
    isCongested: false,
    // What a run is written into is used again for the next.
    send: (frame: Frame) => said.push(describe(frame)),
    flush: () => undefined,
  }
  const chain = sampleChain(count)
  const deviceLogs = Array.from({ length: logs }, (_, i) => {
    const device = new Uint8Array(32).fill(i + 1)
    const ranges = [{ from: 1, to: count }]
    const record = { number: i, conversation: sampleConversation, device, person: device, ranges, isConflicting: false }
    return new DeviceLog(record, undefined)
  })
  const conversation = {
    isFollowed: (log: DeviceLog) => log === deviceLogs[0],
    readRun: (log: DeviceLog, from: number, to: number) =>
      to > count ? undefined : sampleRun(chain.slice(Math.max(from, to - eventsPerRun + 1) - 1, to), true, log.device),
  }
  const sender = new RunSender(link as unknown as Link, conversation as unknown as SyncedLogs, 3, clock)
  const { delivery } = deviceLogs[0] as DeviceLog
  return { sender, link, delivery, chain, logs: deviceLogs as [DeviceLog, ...DeviceLog[]], said: () => said }
}

function describe(frame: Frame): string {
  if (frame.type === 'done') return `${frame.device[0] as number}: done`
  const run = frame.type === 'run' ? decodeRun(frame.run) : undefined
  if (run === undefined) return frame.type
  return `${run.device[0] as number}: ${run.events[0]?.seq ?? 0}-${run.events.at(-1)?.seq ?? 0}`
}

test('a want is answered newest first, a run for each credit, and then ended', () => {
  const { sender, logs, said } = setUp(1, 35)
  sender.start(logs[0], 1, 35)
  assert.deepEqual(said(), [])
  sender.addCredit(2)
  assert.deepEqual(said(), ['1: 26-35', '1: 16-25'])
  sender.addCredit(5)
  assert.deepEqual(said().slice(2), ['1: 6-15', '1: 1-5', '1: done'])
})

test('several logs come in turn', () => {
  const { sender, logs, said } = setUp(2, 20)
  for (const log of logs) sender.start(log, 1, 20)
  sender.addCredit(10)
  assert.deepEqual(said(), ['1: 11-20', '2: 11-20', '1: 1-10', '1: done', '2: 1-10', '2: done'])
})

test('a full connection stops the answer until there is room', () => {
  const { sender, link, logs, said } = setUp(1, 35)
  link.isCongested = true
  sender.addCredit(10)
  sender.start(logs[0], 1, 35)
  assert.deepEqual(said(), [])
  link.isCongested = false
  sender.pump()
  assert.deepEqual(said().length, 5)
})

test('what is not held is ended at once and costs no credit', () => {
  const { sender, logs, said } = setUp(1, 10)
  sender.addCredit(1)
  sender.start(logs[0], 5, 99)
  assert.deepEqual(said(), ['1: done'])
  sender.start(logs[0], 1, 10)
  assert.deepEqual(said().slice(1), ['1: 1-10', '1: done'])
})

test('what is handed over counts as sent, of the own log only', () => {
  const { sender, delivery, logs } = setUp(2, 10)
  sender.addCredit(10)
  sender.start(logs[1] as DeviceLog, 1, 10)
  assert.equal(delivery.stateOf(10), 'queued')
  sender.start(logs[0], 6, 10)
  assert.deepEqual([delivery.stateOf(10), delivery.stateOf(5)], ['sent', 'queued'])
})

test('pushed events go out in order as runs that each end with a signature, and wait for credit', () => {
  const { sender, chain, logs, said, delivery } = setUp(1, 6)
  const events = chain.map((event: SampleEvent) => ({ ...event, receivedAt: 0, isDoubtful: false }))
  const unsigned = (event: (typeof events)[number]) => {
    const { signature, ...rest } = event
    assert.ok(signature)
    return rest
  }
  const batch = [1, 2, 3, 4, 5, 6].map((seq) => {
    const event = events[seq - 1] as (typeof events)[number]
    return seq % 3 === 0 ? event : unsigned(event)
  })
  sender.addCredit(1)
  assert.equal(sender.push(logs[0], batch), true)
  assert.deepEqual(said(), ['1: 1-3'])
  assert.deepEqual([delivery.stateOf(3), delivery.stateOf(4)], ['sent', 'queued'])
  sender.addCredit(1)
  assert.deepEqual(said(), ['1: 1-3', '1: 4-6'])
  assert.equal(delivery.stateOf(6), 'sent')
})

test('what is not signed to its end is not pushed, nor more than may wait', () => {
  const { sender, chain, logs, said } = setUp(1, 6)
  const batch = chain.map((event: SampleEvent) => ({ ...event, receivedAt: 0, isDoubtful: false }))
  const { signature, ...unsigned } = batch[5] as (typeof batch)[number]
  assert.ok(signature)
  assert.equal(sender.push(logs[0], [...batch.slice(0, 5), unsigned]), false)
  const pushes = Array.from({ length: 12 }, () => sender.push(logs[0], batch))
  assert.deepEqual(pushes, [...Array<boolean>(10).fill(true), false, false])
  assert.deepEqual(said(), [])
})

test('after its end it sends nothing', () => {
  const { sender, logs, said } = setUp(1, 10)
  sender.start(logs[0], 1, 10)
  sender.dispose()
  sender.addCredit(10)
  assert.deepEqual(said(), [])
})

test('a long answer from a slow disk leaves the turn to others again and again, and a live event waits for none of it', async () => {
  const clock = new FakeClock()
  let nowMs = 0
  // Each look at the clock is four milliseconds later than the one before: as if each run took as long.
  const slow: Clock = Object.assign(clock, { monotonicMs: () => (nowMs += 4) })
  const { sender, logs, chain, said } = setUp(1, 60, slow)
  sender.start(logs[0], 1, 60)
  sender.addCredit(50)
  const before = said().length
  assert.ok(before > 0 && before < 6, `${before} runs in the first turn`)
  sender.push(logs[0], chain.slice(0, 1).map((event) => ({ ...event, signature: new Uint8Array(64) })) as never)
  assert.equal(said()[before], '1: 1-1')
  await clock.settle()
  assert.equal(said().at(-1), '1: done')
  assert.equal(said().filter((line) => line !== '1: 1-1').length, 7)
})
