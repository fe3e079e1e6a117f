import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBody } from '../../../src/core/body/messageBody.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import { maxFileBytes } from '../../../src/shared/files.ts'
import { bytesOf, sendFile, stateOf } from './fileDeeds.ts'
import { Insider } from './insider.ts'
import { World } from './world.ts'

test('files disappear with their messages, from the disk and with their keys', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.request('conversation/lifetime', { conversation, lifetimeMs: 60_000 })
  await world.clock.advance(1_000)
  const message = await sendFile(alice, conversation, bytesOf(100_000))
  await world.clock.advance(5_000)
  assert.deepEqual([alice.blobs.written.size, bob.blobs.written.size], [1, 1])
  await bob.request('conversation/read', { conversation, upTo: message })
  await world.clock.advance(65_000)
  for (const person of [alice, bob]) {
    assert.equal(person.blobs.written.size, 0)
    assert.equal(person.disk.records.get('file')?.size ?? 0, 0)
    assert.equal(await person.request('message/get', { conversation, message }), null)
  }
})

test('a file over the limit is refused by its path with a word of its own, and nothing of it is kept', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  alice.files.claimed.set('/home/vast', maxFileBytes + 1)
  alice.files.all.set('/home/vast', bytesOf(10))
  assert.equal(await alice.refusal('file/send', { conversation, path: '/home/vast' }), 'file-too-large')
  await world.clock.advance(5_000)
  assert.equal(alice.blobs.written.size, 0)
  for (const person of [alice, bob])
    assert.ok(!(await person.history(conversation)).some(({ body }) => body.kind === 'file'))
})

test('what comes by itself is bounded for each person, and what is asked for is not', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const size = 100 * 1024 * 1024
  await bob.request('file/automatic', { bytes: size })
  const insider = await Insider.takeOver(world, alice, bob)
  let previous = noPrevious
  for (let seq = 1; seq <= 4; seq++) {
    const file = { kind: 'file', name: `${String(seq)}.bin`, size, mediaType: 'text/plain' } as const
    const body = encodeBody({ ...file, root: `0${String(seq)}`.repeat(32), key: '11'.repeat(32) })
    const { run, id } = insider.writeBody(body, { seq, previous, clock: 900 + seq })
    insider.send(run)
    previous = id
    await world.clock.advance(500)
  }
  const files = (await bob.history(conversation)).filter(({ body }) => body.kind === 'file')
  const kinds = async () => Promise.all(files.map(async ({ id }) => (await stateOf(bob, conversation, id)).kind))
  assert.deepEqual(await kinds(), ['waiting', 'waiting', 'elsewhere', 'elsewhere'])
  const [, , third] = files
  assert.ok(third !== undefined)
  await bob.request('file/download', { conversation, message: third.id })
  assert.deepEqual(await kinds(), ['waiting', 'waiting', 'waiting', 'elsewhere'])
})
