import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from './world.ts'

test('a message is shown before its flush and acknowledged after it: a power cut in between makes it come again', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'before')
  await world.clock.advance(1_000)
  const shown = bob
    .next('message/added', ({ message }) => message.state === 'received')
    .then(() => {
      assert.ok(bob.disk.unflushed.length > 0, 'it is not flushed yet')
      bob.crash()
      bob.disk.losePower()
    })
  await alice.send(conversation, 'shown')
  await world.settled(shown)
  await world.clock.advance(100)
  assert.notEqual(await alice.state(conversation, 'shown'), 'delivered')

  await bob.start()
  assert.deepEqual(await bob.texts(conversation), ['before'])
  await world.linked(alice, bob)
  await world.clock.advance(2_000)
  assert.deepEqual(await bob.texts(conversation), ['before', 'shown'])
  assert.equal(await alice.state(conversation, 'shown'), 'delivered')
  assert.equal(bob.disk.unflushed.length, 0)
  assert.equal((await bob.conversation()).unread, 2)
})

test('what one answers is on disk with the answer', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const answered = bob
    .next('message/added', ({ message }) => message.state === 'received')
    .then(async () => {
      await bob.chat.request('message/send', { conversation, body: { kind: 'text', text: 'answer' } })
      bob.crash()
      bob.disk.losePower()
    })
  await alice.send(conversation, 'question')
  await world.settled(answered)
  await bob.start()
  assert.deepEqual(await bob.texts(conversation), ['question', 'answer'])
})

test('a flush that is refused acknowledges nothing and closes the link; afterwards nothing is lost or doubled', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await world.clock.advance(1_000)
  const shown = bob
    .next('message/added', ({ message }) => message.state === 'received')
    .then(() => {
      bob.disk.isFull = true
    })
  await alice.send(conversation, 'one')
  await world.settled(shown)
  await world.clock.advance(500)
  assert.deepEqual(await bob.texts(conversation), ['one'])
  assert.notEqual(await alice.state(conversation, 'one'), 'delivered')
  assert.match(bob.log.text, /could not be stored/)

  bob.disk.isFull = false
  await world.linked(alice, bob)
  await alice.send(conversation, 'two')
  await world.clock.advance(5_000)
  assert.deepEqual(await bob.texts(conversation), ['one', 'two'])
  for (const text of ['one', 'two']) assert.equal(await alice.state(conversation, text), 'delivered')
  assert.deepEqual(
    bob.added.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : [])),
    ['one', 'two'],
  )
})
