import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { typingLastsMs } from '../../../src/core/signals/writers.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

async function write(person: SimulatedPerson, conversation: ConversationId, typing: boolean): Promise<void> {
  await person.request('conversation/typing', { conversation, typing })
}

async function readAll(person: SimulatedPerson, conversation: ConversationId): Promise<void> {
  const last = (await person.history(conversation)).at(-1)
  assert.ok(last)
  await person.request('conversation/read', { conversation, upTo: last.id })
}

/** Who is writing, and how far the others have read, as somebody sees it. */
async function seenBy(person: SimulatedPerson): Promise<{ typing: number; readers: readonly string[] }> {
  const { typing = [], readers = [] } = await person.conversation()
  return { typing: typing.length, readers: readers.map(({ upTo }) => upTo) }
}

test('the other side sees that somebody writes, until they stop', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await write(bob, conversation, true)
  await world.clock.advance(100)
  assert.deepEqual((await alice.conversation()).typing, [(await bob.identity()).person])

  await write(bob, conversation, false)
  await world.clock.advance(100)
  assert.equal((await alice.conversation()).typing, undefined)
})

test('whoever falls silent in the middle of writing is not shown as writing for long', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await write(bob, conversation, true)
  await world.clock.advance(typingLastsMs - 100)
  await write(bob, conversation, true)
  await world.clock.advance(typingLastsMs - 100)
  assert.equal((await seenBy(alice)).typing, 1)
  await world.clock.advance(200)
  assert.equal((await seenBy(alice)).typing, 0)
})

test('a message ends the writing of it, and so does the end of the link', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await write(bob, conversation, true)
  await world.clock.advance(100)
  await bob.send(conversation, 'Done')
  await world.clock.advance(100)
  assert.equal((await seenBy(alice)).typing, 0)

  await world.clock.advance(3_000)
  await write(bob, conversation, true)
  await world.clock.advance(100)
  assert.equal((await seenBy(alice)).typing, 1)
  await bob.stop()
  await world.clock.advance(100)
  assert.equal((await seenBy(alice)).typing, 0)
})

test('how far the other side has read is known, also after both were restarted', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id: first } = await alice.send(conversation, 'one')
  await world.clock.advance(100)
  assert.deepEqual((await seenBy(alice)).readers, [])
  await readAll(bob, conversation)
  await world.clock.advance(100)
  assert.deepEqual((await seenBy(alice)).readers, [first])

  const { id: second } = await alice.send(conversation, 'two')
  await world.clock.advance(2_000)
  assert.deepEqual((await seenBy(alice)).readers, [first])
  await alice.stop()
  await readAll(bob, conversation)
  await alice.start()
  assert.deepEqual((await seenBy(alice)).readers, [first])
  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  assert.deepEqual((await seenBy(alice)).readers, [second])
})

test('a marker that goes back, as an old one that comes late, changes nothing', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id: first } = await alice.send(conversation, 'one')
  const { id: second } = await alice.send(conversation, 'two')
  await world.clock.advance(100)
  await readAll(bob, conversation)
  await bob.request('conversation/read', { conversation, upTo: first })
  await world.clock.advance(100)
  assert.deepEqual((await seenBy(alice)).readers, [second])
})

test('whoever does not tell that they write or have read is not told it of others', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.request('privacy/set', { readReceipts: false, typing: false })
  await alice.send(conversation, 'one')
  await bob.send(conversation, 'two')
  await world.clock.advance(100)
  for (const person of [alice, bob]) {
    await write(person, conversation, true)
    await readAll(person, conversation)
  }
  await world.clock.advance(100)
  for (const person of [alice, bob]) assert.deepEqual(await seenBy(person), { typing: 0, readers: [] })

  await bob.stop()
  await bob.start()
  assert.deepEqual(await bob.request('privacy/get', {}), { readReceipts: false, typing: false, lastSeen: true })
})

test('turning typing off in the middle of it ends it on both sides', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await write(alice, conversation, true)
  await write(bob, conversation, true)
  await world.clock.advance(100)
  assert.equal((await seenBy(bob)).typing, 1)
  await bob.request('privacy/set', { typing: false })
  await world.clock.advance(100)
  assert.equal((await seenBy(alice)).typing, 0)
  assert.equal((await seenBy(bob)).typing, 0)
})

test('when somebody was last here is shown, unless one of both wants it otherwise', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  assert.equal((await alice.conversation()).lastSeenAt, undefined)
  const before = world.clock.now()
  await bob.stop()
  const after = world.clock.now()
  await world.clock.advance(60_000)
  const { lastSeenAt = 0 } = await alice.conversation()
  assert.ok(lastSeenAt >= before && lastSeenAt <= after + 100, `${before} <= ${lastSeenAt} <= ${after}`)

  await alice.request('privacy/set', { lastSeen: false })
  assert.equal((await alice.conversation()).lastSeenAt, undefined)
  assert.equal((await alice.request('network/status', {})).peers[0]?.lastSeenAt, undefined)
  await alice.request('privacy/set', { lastSeen: true })
  assert.equal((await alice.conversation()).lastSeenAt, lastSeenAt)

  await bob.start()
  await world.linked(alice, bob)
  await bob.request('privacy/set', { lastSeen: false })
  await world.clock.advance(1_000)
  await bob.stop()
  await world.clock.advance(1_000)
  assert.equal((await alice.conversation()).lastSeenAt, undefined)
  await bob.start()
  await world.linked(alice, bob)
  await bob.stop()
  await world.clock.advance(1_000)
  assert.equal((await alice.conversation()).lastSeenAt, undefined)
})

test('somebody who says without end that they write costs no more than their link', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  let told = 0
  alice.chat.on('conversation/changed', () => told++)
  for (let i = 0; i < 40; i++) {
    await write(bob, conversation, true)
    await write(bob, conversation, false)
  }
  await world.clock.advance(1_000)
  assert.ok(told <= 80, `${told} changes were told`)
  assert.equal((await alice.request('network/status', {})).links.length, 1)
  for (let i = 0; i < 400; i++) {
    await write(bob, conversation, true)
    await write(bob, conversation, false)
  }
  await world.clock.advance(100)
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'flooding'])
})
