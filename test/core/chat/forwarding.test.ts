import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBody } from '../../../src/core/body/messageBody.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import { maxPlaces } from '../../../src/core/files/fileRecord.ts'
import { blockBytes } from '../../../src/core/files/fileShape.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { bytesOf, rootsOf, saved, sendFile, stateOf } from './fileDeeds.ts'
import { Insider } from './insider.ts'
import { World } from './world.ts'

/** Somebody who is a contact of Alice, Bob and Carol who do not know each other, and a file that Alice sent to Bob. */
async function introducedFile(size = 3 * blockBytes) {
  const world = new World(11)
  const { alice, bob, conversation } = await world.pair()
  const carol = await world.person('Carol')
  const to = await world.befriend(bob, carol)
  const bytes = bytesOf(size)
  const message = await sendFile(alice, conversation, bytes)
  await world.clock.advance(5_000)
  return { world, alice, bob, carol, conversation, to, bytes, message }
}

test('a file is passed on from the copy that is here, and whoever gets it fetches it from there', async () => {
  const { world, alice, bob, carol, conversation, to, bytes, message } = await introducedFile()
  const before = new Map(bob.blobs.written)
  const { id } = await bob.request('file/forward', { conversation, message, to })
  assert.deepEqual([...bob.blobs.written.keys()], [...before.keys()])
  await alice.stop()
  await world.clock.advance(5_000)
  const body = (await carol.request('message/get', { conversation: to, message: id }))?.body
  assert.deepEqual(body, {
    ...{ kind: 'file', name: 'kettle.bin', size: bytes.length, mediaType: 'application/octet-stream' },
    forwarded: true,
  })
  assert.ok(Buffer.from(await saved(carol, to, id)).equals(bytes))

  // What was passed on is this person's to give, whatever becomes of the message that it came with.
  await bob.request('file/cancel', { conversation: to, message: id })
  await bob.request('message/hide', { conversation, messages: [message] })
  await world.clock.advance(1_000)
  assert.ok(Buffer.from(await saved(bob, to, id)).equals(bytes))
  await bob.stop()
  await bob.start()
  await world.linked(bob, carol)
  assert.ok(Buffer.from(await saved(bob, to, id)).equals(bytes))
  await bob.request('message/erase', { conversation: to, message: id })
  await world.clock.advance(5_000)
  assert.deepEqual([bob.blobs.written.size, carol.blobs.written.size], [0, 0])
})

test('only what is here is passed on, once for each token, and to a conversation that is there', async () => {
  const { bob, conversation, to, message } = await introducedFile()
  const token = 'cd'.repeat(16)
  const first = await bob.request('file/forward', { conversation, message, to, token })
  assert.equal((await bob.request('file/forward', { conversation, message, to, token })).id, first.id)
  const nowhere = 'ef'.repeat(32) as ConversationId
  assert.equal(await bob.refusal('file/forward', { conversation, message, to: nowhere }), 'unknown-conversation')
  await bob.request('file/cancel', { conversation, message })
  assert.equal(await bob.refusal('file/forward', { conversation, message, to }), 'file-not-here')
  const { id } = await bob.send(conversation, 'no file')
  assert.equal(await bob.refusal('file/forward', { conversation, message: id, to }), 'unknown-message')
})

test('a file that stands in as many messages as are noted is not passed on, and says why', async () => {
  const { bob, conversation, to, message } = await introducedFile(10)
  for (let count = 1; count < maxPlaces; count++) await bob.request('file/forward', { conversation, message, to })
  assert.equal(await bob.refusal('file/forward', { conversation, message, to }), 'file-shared-often')
})

test('a disk that refuses leaves nothing of a file that was to be passed on, and it can be passed on later', async () => {
  const { world, bob, carol, conversation, to, bytes, message } = await introducedFile()
  bob.disk.isFull = true
  assert.equal(await bob.refusal('file/forward', { conversation, message, to }), 'store-failed')
  bob.disk.isFull = false
  await world.clock.advance(15_000)
  const { id } = await bob.request('file/forward', { conversation, message, to })
  await world.clock.advance(5_000)
  assert.ok(Buffer.from(await saved(carol, to, id)).equals(bytes))
})

test('what was passed on and taken back is gone where it went, and stays where it came from', async () => {
  const { world, alice, bob, carol, conversation, to, message } = await introducedFile()
  const { id } = await bob.request('file/forward', { conversation, message, to })
  await bob.request('message/erase', { conversation: to, message: id })
  await world.clock.advance(5_000)
  assert.equal((await stateOf(carol, to, id)).kind, 'gone')
  assert.equal((await stateOf(bob, conversation, message)).kind, 'here')
  assert.deepEqual(
    [alice, bob, carol].map(({ blobs }) => blobs.written.size),
    [1, 1, 0],
  )
})

test('somebody who names a file that is here with a false key spoils it for nobody', async () => {
  const { world, bob, carol, conversation, to, bytes, message } = await introducedFile()
  const { id } = await bob.request('file/forward', { conversation, message, to })
  await world.clock.advance(5_000)
  const [root = ''] = await rootsOf(bob)
  const insider = await Insider.takeOver(world, carol, bob)
  const file = { kind: 'file', name: 'trap', size: bytes.length, mediaType: 'text/plain' } as const
  const body = encodeBody({ ...file, root, key: '11'.repeat(32) })
  insider.send(insider.writeBody(body, { seq: 1, previous: noPrevious, clock: 900 }).run)
  await world.clock.advance(5_000)
  const trap = (await bob.history(to)).find(({ body: said }) => said.kind === 'file' && said.name === 'trap')
  assert.ok(trap !== undefined)
  assert.equal(
    await bob.refusal('file/save', { conversation: to, message: trap.id, path: '/home/trap' }),
    'file-not-here',
  )
  for (const [where, which] of [
    [conversation, message],
    [to, id],
  ] as const)
    assert.ok(Buffer.from(await saved(bob, where, which)).equals(bytes))
})
