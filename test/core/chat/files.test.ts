import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockBytes } from '../../../src/core/files/fileShape.ts'
import { bytesOf, saved, sendFile, stateOf } from './fileDeeds.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

test('a small file comes by itself, is whole on both sides, and is saved where the user says', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const bytes = bytesOf(200_000)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(5_000)

  const [received] = (await bob.history(conversation)).slice(-1)
  assert.deepEqual(received?.body, {
    kind: 'file',
    name: 'kettle.bin',
    size: bytes.length,
    mediaType: 'application/octet-stream',
  })
  assert.equal((await stateOf(bob, conversation, message)).kind, 'here')
  assert.deepEqual(await saved(bob, conversation, message), bytes)
  assert.deepEqual(await saved(alice, conversation, message), bytes)
  for (const person of [alice, bob]) assert.deepEqual(person.complaints, [])
})

test('files of every size around the borders of blocks and pages arrive as they were', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.request('file/automatic', { bytes: 1024 ** 3 })
  for (const size of [0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 3 * blockBytes]) {
    const bytes = bytesOf(size, size + 1)
    const message = await sendFile(alice, conversation, bytes)
    await world.clock.advance(5_000)
    assert.deepEqual(await saved(bob, conversation, message), bytes, String(size))
  }
})

test('a file over the limit of its reader comes only when it is asked for', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  assert.deepEqual(await bob.request('file/automatic', { bytes: 1000 }), { bytes: 1000 })
  const bytes = bytesOf(1001)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(5_000)
  assert.deepEqual(await stateOf(bob, conversation, message), { kind: 'elsewhere', bytes: 0, size: 1001 })
  assert.equal(bob.blobs.written.size, 0)
  assert.equal(await bob.refusal('file/save', { conversation, message, path: '/home/no' }), 'file-not-here')

  await bob.request('file/download', { conversation, message })
  await world.clock.advance(5_000)
  assert.deepEqual(await saved(bob, conversation, message), bytes)
})

test('a download goes on where it was after either side was started anew', async () => {
  const world = new World(3, { highWaterBytes: 64 * 1024 })
  const { alice, bob, conversation } = await world.pair()
  const bytes = bytesOf(60 * blockBytes)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(1_000)
  await bob.request('file/download', { conversation, message })
  await world.clock.until(() => bob.blobs.written.size === 1 && sizeOf(bob) > 10 * blockBytes)
  await bob.request('file/pause', { conversation, message })
  const paused = await stateOf(bob, conversation, message)
  assert.equal(paused.kind, 'paused')
  assert.ok(paused.bytes > 0 && paused.bytes < bytes.length)

  await bob.stop()
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  assert.deepEqual(await stateOf(bob, conversation, message), paused)

  await bob.request('file/download', { conversation, message })
  await world.clock.until(() => sizeOf(bob) > 30 * blockBytes)
  alice.crash()
  await world.clock.advance(20_000)
  const waiting = await stateOf(bob, conversation, message)
  assert.equal(waiting.kind, 'waiting')
  assert.equal(waiting.why, 'nobody-online')
  assert.ok(waiting.bytes >= paused.bytes)

  await alice.start()
  await world.linked(alice, bob)
  await world.clock.advance(30_000)
  assert.deepEqual(await saved(bob, conversation, message), bytes)
})

test('a download that a crash interrupted goes on by itself', async () => {
  const world = new World(4, { highWaterBytes: 64 * 1024 })
  const { alice, bob, conversation } = await world.pair()
  const bytes = bytesOf(80 * blockBytes)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(1_000)
  await bob.request('file/download', { conversation, message })
  await world.clock.until(() => sizeOf(bob) > 40 * blockBytes)
  bob.crash()
  bob.blobs.losePower()
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(60_000)
  assert.deepEqual(await saved(bob, conversation, message), bytes)
})

test('a member gets a file from another who has it when its sender is gone', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const bytes = bytesOf(20 * blockBytes)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(1_000)
  await bob.request('file/download', { conversation, message })
  await world.clock.advance(10_000)
  await alice.stop()
  await world.clock.advance(15_000)
  await carol.request('file/download', { conversation, message })
  await world.clock.advance(10_000)
  assert.deepEqual(await saved(carol, conversation, message), bytes)
})

test('nobody who has it is said as that, and as soon as somebody has it again the file comes', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const bytes = bytesOf(20 * blockBytes)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(1_000)
  await alice.stop()
  await world.clock.advance(15_000)
  await carol.request('file/download', { conversation, message })
  await world.clock.advance(5_000)
  const waiting = await stateOf(carol, conversation, message)
  assert.deepEqual([waiting.kind, waiting.why], ['waiting', 'nobody-has-it'])
  await bob.request('file/download', { conversation, message })
  await alice.start()
  await world.clock.advance(60_000)
  for (const person of [bob, carol]) assert.deepEqual(await saved(person, conversation, message), bytes)
})

test('deleting a message for everybody removes its file from every disk; hiding it, from one', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const first = await sendFile(alice, conversation, bytesOf(5_000))
  const second = await sendFile(alice, conversation, bytesOf(6_000, 8))
  await world.clock.advance(5_000)
  assert.deepEqual([alice.blobs.written.size, bob.blobs.written.size], [2, 2])
  await bob.request('message/hide', { conversation, messages: [first] })
  await world.clock.advance(1_000)
  assert.deepEqual([alice.blobs.written.size, bob.blobs.written.size], [2, 1])
  await alice.request('message/erase', { conversation, message: second })
  await world.clock.advance(5_000)
  assert.deepEqual([alice.blobs.written.size, bob.blobs.written.size], [1, 0])
  assert.equal((await stateOf(bob, conversation, second)).kind, 'gone')
  assert.equal(await bob.refusal('file/download', { conversation, message: second }), 'message-erased')
})

test('a full disk stops a download with a word, loses nothing, and lets it go on once there is room', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const bytes = bytesOf(40 * blockBytes)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(1_000)
  bob.blobs.bytesLeft = 20 * blockBytes
  await bob.request('file/download', { conversation, message })
  await world.clock.advance(5_000)
  const waiting = await stateOf(bob, conversation, message)
  assert.deepEqual([waiting.kind, waiting.why], ['waiting', 'disk-full'])
  assert.ok(waiting.bytes > 0)
  bob.blobs.bytesLeft = Number.POSITIVE_INFINITY
  await world.clock.advance(30_000)
  assert.deepEqual(await saved(bob, conversation, message), bytes)
})

test('a full disk keeps a file from being sent, with a word and without a trace', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  alice.files.all.set('/home/large', bytesOf(40 * blockBytes))
  alice.blobs.bytesLeft = 20 * blockBytes
  assert.equal(await alice.refusal('file/send', { conversation, path: '/home/large' }), 'store-failed')
  alice.blobs.bytesLeft = Number.POSITIVE_INFINITY
  assert.equal(alice.blobs.written.size, 0)
  assert.equal(await alice.refusal('file/send', { conversation, path: '/home/none' }), 'file-failed')
  await world.clock.advance(5_000)
  assert.equal((await bob.history(conversation)).filter(({ body }) => body.kind === 'file').length, 0)
  // With room again the same file goes out.
  const { id } = await alice.request('file/send', { conversation, path: '/home/large' })
  assert.ok(Buffer.from(await saved(alice, conversation, id)).equals(bytesOf(40 * blockBytes)))
})

test('a file that is repeated with its token is sent once', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  alice.files.all.set('/home/twice', bytesOf(100_000))
  const params = { conversation, path: '/home/twice', token: 'ab'.repeat(16) }
  const [first, second] = await Promise.all([alice.request('file/send', params), alice.request('file/send', params)])
  const third = await alice.request('file/send', params)
  assert.equal(first.id, second.id)
  assert.equal(first.id, third.id)
  assert.equal(alice.blobs.written.size, 1)
})

test('what is brought in piece by piece is sent as a file of a path is, and what is left alone is swept', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const bytes = bytesOf(300_000)
  const { upload } = await alice.request('file/begin', { size: bytes.length })
  for (let at = 0; at < bytes.length; at += 50_000) {
    const data = Buffer.from(bytes.subarray(at, at + 50_000)).toString('base64url')
    assert.deepEqual(await alice.request('file/append', { upload, data }), {
      bytes: Math.min(bytes.length, at + 50_000),
    })
  }
  const { id } = await alice.request('file/send', { conversation, upload, name: 'pasted.png' })
  await world.clock.advance(5_000)
  assert.deepEqual(await saved(bob, conversation, id), bytes)
  assert.equal(await alice.refusal('file/send', { conversation, upload, name: 'again' }), 'unknown-upload')

  const { upload: left } = await alice.request('file/begin', { size: 10 })
  assert.equal(alice.blobs.written.size, 2)
  await world.clock.advance(11 * 60_000)
  assert.equal(alice.blobs.written.size, 1)
  assert.equal(await alice.refusal('file/append', { upload: left, data: 'AA' }), 'unknown-upload')
  assert.equal(await alice.refusal('file/begin', { size: 64 * 1024 ** 3 }), 'file-too-large')

  await alice.request('file/begin', { size: 10 })
  alice.crash()
  await alice.start()
  await world.clock.advance(1_000)
  assert.equal(alice.blobs.written.size, 1)
})

test('nothing is replaced by saving unless the user says so, and pieces can be read', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const bytes = bytesOf(200_000)
  const message = await sendFile(alice, conversation, bytes)
  const at = { conversation, message, path: '/home/kettle.bin' }
  assert.equal(await alice.refusal('file/save', at), 'file-exists')
  assert.deepEqual(await alice.request('file/save', { ...at, replace: true }), { bytes: 200_000 })
  const { data } = await alice.request('file/read', { conversation, message, at: 60_000, length: 70_000 })
  assert.ok(Buffer.from(data, 'base64url').equals(bytes.subarray(60_000, 130_000)))
})

/** How much of files is written. */
function sizeOf(person: SimulatedPerson): number {
  return [...person.blobs.written.values()].reduce((sum, bytes) => sum + bytes.length, 0)
}
