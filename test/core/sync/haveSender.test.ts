import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import { maxHaveEntries, type Frame } from '../../../src/core/link/frame.ts'
import type { Link } from '../../../src/core/link/link.ts'
import { HaveSender } from '../../../src/core/sync/haveSender.ts'
import { sampleConversation } from '../event/sampleLog.ts'

/** A link that only remembers, and a disk that refuses when it is told to; what happened, in order. */
function setUp() {
  const happened: string[] = []
  const frames: Frame[] = []
  const disk = { isRefusing: false }
  const link = {
    isCongested: false,
    send: (frame: Frame) => {
      happened.push(frame.type)
      frames.push(frame)
    },
  }
  const haves = new HaveSender({
    link: link as unknown as Link,
    channel: 3,
    store: {
      flush: () => {
        if (disk.isRefusing) throw new Error('refused')
        happened.push('flush')
      },
    },
    refused: (error) => happened.push(String(error)),
  })
  return { haves, link, disk, happened, frames }
}

function logOf(number: number): DeviceLog {
  const device = new Uint8Array(32).fill(number & 255)
  const ranges = [{ from: 1, to: number + 1 }]
  return new DeviceLog(
    { number, conversation: sampleConversation, device, person: device, ranges, isConflicting: false },
    undefined,
  )
}

test('what is said to be held is flushed before', () => {
  const { haves, happened, frames } = setUp()
  assert.equal(haves.isDue, false)
  const log = logOf(1)
  haves.add(log)
  haves.add(log)
  assert.equal(haves.isDue, true)
  haves.send()
  assert.deepEqual(happened, ['flush', 'have'])
  assert.deepEqual(frames, [{ type: 'have', channel: 3, entries: [{ device: log.device, ranges: log.ranges }] }])
  assert.equal(haves.isDue, false)
})

test('nothing is said while the disk refuses, and all of it afterwards', () => {
  const { haves, disk, happened } = setUp()
  haves.add(logOf(1))
  disk.isRefusing = true
  haves.send()
  assert.deepEqual(happened, ['Error: refused'])
  assert.equal(haves.isDue, true)
  disk.isRefusing = false
  haves.send()
  assert.deepEqual(happened.slice(1), ['flush', 'have'])
})

test('it waits for a link that is full, says that there is nothing, and puts no more into a frame than fits', () => {
  const { haves, link, happened, frames } = setUp()
  haves.send()
  assert.deepEqual(frames, [{ type: 'have', channel: 3, entries: [] }])
  for (let i = 0; i <= maxHaveEntries; i++) haves.add(logOf(i))
  link.isCongested = true
  assert.equal(haves.isDue, false)
  link.isCongested = false
  haves.send()
  assert.deepEqual(happened.slice(2), ['flush', 'have', 'have'])
  assert.deepEqual(
    frames.slice(1).map((frame) => frame.type === 'have' && frame.entries.length),
    [maxHaveEntries, 1],
  )
})
