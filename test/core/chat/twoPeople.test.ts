import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from './world.ts'

test('two people meet by an invite, chat both ways, and see what was delivered', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()

  await alice.send(conversation, 'Hello Bob')
  await world.clock.advance(100)
  await bob.send(conversation, 'Hello Alice')
  await world.clock.advance(100)

  for (const person of [alice, bob]) {
    assert.deepEqual(await person.texts(conversation), ['Hello Bob', 'Hello Alice'])
    assert.deepEqual(person.complaints, [])
  }
  assert.equal(await alice.state(conversation, 'Hello Bob'), 'delivered')
  assert.equal(await bob.state(conversation, 'Hello Alice'), 'delivered')
  assert.equal(await bob.state(conversation, 'Hello Bob'), 'received')
})

test('what is written while the other side is away is queued, and delivered when it comes back', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  await world.clock.advance(1_000)

  for (const text of ['one', 'two', 'three']) await alice.send(conversation, text)
  assert.equal(await alice.state(conversation, 'two'), 'queued')

  await bob.start()
  await world.clock.advance(10_000)
  assert.deepEqual(await bob.texts(conversation), ['one', 'two', 'three'])
  assert.equal(await alice.state(conversation, 'three'), 'delivered')
  assert.deepEqual(
    bob.added.map(({ body }) => (body.kind === 'text' ? body.text : body.kind)),
    ['notice', 'one', 'two', 'three'],
  )
})
