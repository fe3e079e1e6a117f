import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceId, PersonId } from '../../../src/shared/ids.ts'
import { encodeRun } from '../../../src/core/event/run.ts'
import { encodeFrame, type Frame } from '../../../src/core/link/frame.ts'
import { Link, maxBacklogBytes } from '../../../src/core/link/link.ts'
import { decodePacket, encodePackets } from '../../../src/core/link/packet.ts'
import { sampleChain, sampleRun } from '../event/sampleLog.ts'
import { samplePair, type SamplePair } from './samplePeers.ts'

const peer = { person: 'p' as PersonId, device: 'd' as DeviceId, incarnation: 'i', version: 1 }
const credit = (count: number): Frame => ({ type: 'credit', channel: 0, count })

interface Heard {
  readonly frames: Frame[]
  drains: number
  floods: number
  closes: number
}

function open({ near, clock }: SamplePair): { link: Link; heard: Heard } {
  const link = new Link(near, peer, clock)
  const heard: Heard = { frames: [], drains: 0, floods: 0, closes: 0 }
  link.listen({
    onFrame: (frame) => heard.frames.push(frame),
    onDrain: () => heard.drains++,
    onFlood: () => heard.floods++,
    onClose: () => heard.closes++,
  })
  return { link, heard }
}

/** What the far end receives, by frame type or, for credit, its count. */
function listenFar({ far }: SamplePair): (string | number)[] {
  const heard: (string | number)[] = []
  far.onMessage = (message) => {
    for (const bytes of decodePacket(message) ?? []) {
      const types = ['ping', 'pong', 'profile', 'open', 'have', 'want', 'credit', 'done', 'run', 'bye', 'keepsake']
      const type = types[bytes[0] as number] ?? 'unknown'
      heard.push(type === 'credit' ? (bytes[2] as number) : type)
    }
  }
  return heard
}

test('frames of one turn share a packet and keep their order', async () => {
  const pair = samplePair()
  const { link } = open(pair)
  const heard = listenFar(pair)
  for (const count of [1, 2, 3]) link.send(credit(count))
  await pair.clock.settle()
  assert.deepEqual(heard, [1, 2, 3])
  assert.equal(pair.near.bytesOut, 1_120)
})

test('after a sleep or a change of network the other side is asked at once, and given up five seconds later', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const far = listenFar(pair)
  await pair.clock.advance(1_000)
  link.probe()
  await pair.clock.settle()
  assert.deepEqual(far, ['ping'])
  await pair.clock.advance(4_999)
  assert.equal(heard.closes, 0)
  await pair.clock.advance(1)
  assert.equal(heard.closes, 1)
  link.probe()
  assert.equal(heard.closes, 1)
})

test('after five seconds of silence the other side is asked whether it is there, after ten it is given up', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const far = listenFar(pair)
  await pair.clock.advance(4_999)
  assert.deepEqual(far, [])
  await pair.clock.advance(1)
  assert.deepEqual(far, ['ping'])
  await pair.clock.advance(4_999)
  assert.equal(link.isClosed, false)
  await pair.clock.advance(1)
  assert.equal(link.isClosed, true)
  assert.equal(heard.closes, 1)
  assert.equal(pair.clock.pendingTimers, 0)
})

test('two idle links keep each other alive', async () => {
  const pair = samplePair()
  const { link } = open(pair)
  const other = new Link(pair.far, peer, pair.clock)
  await pair.clock.advance(10 * 60_000)
  assert.deepEqual([link.isClosed, other.isClosed], [false, false])
})

test('a ping is answered with its number, and a pong nobody asked for is overlooked', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const far = listenFar(pair)
  for (const packet of encodePackets([
    encodeFrame({ type: 'pong', nonce: 1 }),
    encodeFrame({ type: 'ping', nonce: 5 }),
  ]))
    pair.far.send(packet)
  await pair.clock.settle()
  assert.deepEqual(far, ['pong'])
  assert.deepEqual(heard.frames, [])
  assert.equal(link.isClosed, false)
})

test('a frame of a later version is skipped, and what follows it is heard', async () => {
  const pair = samplePair()
  const { heard } = open(pair)
  for (const packet of encodePackets([new Uint8Array([77, 1]), encodeFrame(credit(4))])) pair.far.send(packet)
  await pair.clock.settle()
  assert.deepEqual(heard.frames, [credit(4)])
})

for (const [what, message] of [
  ['a packet that is none', new Uint8Array([1])],
  ['a frame out of its bounds', encodePackets([new Uint8Array([9, 99])])[0]],
] as const)
  test(`${what} ends the link`, async () => {
    const pair = samplePair()
    const { link, heard } = open(pair)
    pair.far.send(message as Uint8Array)
    for (const packet of encodePackets([encodeFrame(credit(1))])) pair.far.send(packet)
    await pair.clock.settle()
    assert.equal(link.isClosed, true)
    assert.deepEqual(heard, { frames: [], drains: 0, floods: 0, closes: 1 })
    assert.equal(pair.far.isClosed, true)
  })

test('the memory of parts of files is given back once they are heard, and that of nothing else', async () => {
  const pair = samplePair()
  const { heard } = open(pair)
  pair.far.onMessage = () => undefined
  const part: Frame = { type: 'file-part', file: 1, part: 1, bytes: new Uint8Array(50).fill(7) }
  const tell = async (...frames: Frame[]): Promise<readonly number[]> => {
    for (const packet of encodePackets(frames.map((frame) => encodeFrame(frame)))) pair.far.send(packet)
    await pair.clock.settle()
    return heard.frames.splice(0).flatMap((frame) => (frame.type === 'file-part' ? [...new Set(frame.bytes)] : []))
  }
  assert.deepEqual(await tell(part, part), [0xee, 0xee])
  assert.deepEqual(await tell(credit(1), part), [7])
  assert.deepEqual(await tell(part, credit(1)), [7])
})

test('a part of a file looks the same on the wire whether it goes alone or with others', async () => {
  const pair = samplePair()
  const { link } = open(pair)
  const packets: Uint8Array[] = []
  pair.far.onMessage = (message) => packets.push(message.slice())
  const part: Frame = { type: 'file-part', file: 300, part: 70_000, bytes: new Uint8Array(64_528).fill(7) }
  link.send(part)
  link.flush()
  link.send(part)
  link.send(credit(1))
  await pair.clock.settle()
  const expected = [[part], [part, credit(1)]].flatMap((frames) => encodePackets(frames.map((one) => encodeFrame(one))))
  assert.equal(packets.length, expected.length)
  for (const [i, packet] of packets.entries()) assert.ok(Buffer.from(packet).equals(expected[i] ?? new Uint8Array(0)))
})

test('a farewell ends the link, and nothing behind it in the same packet counts', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const frames = [credit(1), { type: 'bye', reason: 'leaving' } as const, credit(2)]
  for (const packet of encodePackets(frames.map((frame) => encodeFrame(frame)))) pair.far.send(packet)
  await pair.clock.settle()
  assert.equal(link.isClosed, true)
  assert.deepEqual(heard, { frames: [credit(1)], drains: 0, floods: 0, closes: 1 })
})

test('closing says why, closes once, and takes nothing more', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const far = listenFar(pair)
  link.send(credit(8))
  link.close('replaced')
  link.close('leaving')
  link.send(credit(9))
  await pair.clock.settle()
  assert.deepEqual(far, [8, 'bye'])
  assert.equal(heard.closes, 1)
  assert.equal(pair.near.isClosed, true)
})

test('a connection that is full is said, and so is that there is room again', async () => {
  const pair = samplePair(0, 3_000)
  const { link, heard } = open(pair)
  for (let i = 0; i < 3; i++) {
    link.send(credit(i))
    link.flush()
  }
  assert.equal(link.isCongested, true)
  await pair.clock.settle()
  assert.equal(link.isCongested, false)
  assert.equal(heard.drains, 1)
})

test('one who asks and never listens is given up before four megabytes wait for it', async () => {
  const pair = samplePair(0, 1)
  // The far end takes nothing: what is sent to it stays queued.
  const sent: number[] = []
  pair.near.send = (message) => {
    sent.push(message.length)
    return false
  }
  const { link, heard } = open(pair)
  const pings = Array.from({ length: 500 }, () => encodeFrame({ type: 'ping', nonce: 1 }))
  for (let i = 0; i < 10_000 && !link.isClosed; i++) {
    for (const packet of encodePackets(pings)) pair.far.send(packet)
    await pair.clock.advance(60)
  }
  assert.deepEqual([link.isClosed, heard.closes, heard.floods], [true, 1, 0])
  const waiting = sent.reduce((sum, bytes) => sum + bytes, 0)
  assert.ok(waiting > maxBacklogBytes && waiting < maxBacklogBytes + 2 * 64 * 1024, `${waiting} bytes`)
})

test('one who listens again after a full connection starts anew', async () => {
  const pair = samplePair()
  let isFull = true
  pair.near.send = () => !isFull
  const { link } = open(pair)
  const chunk = {
    type: 'profile',
    name: 'n',
    deviceList: new Uint8Array(1000),
    addressSecret: new Uint8Array(32),
  } as const
  const fill = (): void => {
    for (let bytes = 0; bytes < 3 * 1024 * 1024; bytes += 64 * 1024) {
      for (let i = 0; i < 60; i++) link.send(chunk)
      link.flush()
    }
  }
  fill()
  assert.deepEqual([link.isClosed, link.isCongested], [false, true])
  pair.near.onDrain()
  fill()
  assert.equal(link.isClosed, false)
  isFull = false
})

for (const [what, bytes, most] of [
  ['pings', encodeFrame({ type: 'ping', nonce: 1 }), 20_000],
  ['frames of a later version', new Uint8Array([200, 1]), 20_000],
  [
    'profiles',
    encodeFrame({ type: 'profile', name: 'n', deviceList: new Uint8Array(9), addressSecret: new Uint8Array(32) }),
    20,
  ],
] as const)
  test(`a flood of ${what} ends the link after ${String(most)} at once`, async () => {
    const pair = samplePair()
    const { link, heard } = open(pair)
    const batch = Math.min(most, 500)
    const packets = encodePackets(Array.from({ length: batch }, () => bytes))
    for (let sent = 0; sent < most; sent += batch) for (const packet of packets) pair.far.send(packet)
    await pair.clock.settle()
    assert.deepEqual([link.isClosed, heard.floods], [false, 0])
    for (const packet of encodePackets([bytes, encodeFrame(credit(9))])) pair.far.send(packet)
    await pair.clock.settle()
    assert.deepEqual([link.isClosed, heard.floods, heard.closes], [true, 1, 1])
    assert.ok(!heard.frames.some(({ type }) => type === 'credit'))
  })

test('messages cost nothing of what small frames may: credit bounds them', async () => {
  const pair = samplePair()
  const { link, heard } = open(pair)
  const run = encodeFrame({ type: 'run', channel: 0, run: encodeRun(sampleRun(sampleChain(1))) })
  for (let i = 0; i < 300; i++)
    for (const packet of encodePackets(Array.from({ length: 100 }, () => run))) pair.far.send(packet)
  await pair.clock.settle()
  assert.deepEqual([link.isClosed, heard.frames.length], [false, 30_000])
})
