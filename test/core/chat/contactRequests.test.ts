import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, PersonId } from '../../../src/shared/ids.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

const directs = async (one: SimulatedPerson): Promise<ConversationId[]> =>
  (await one.request('conversation/list', {})).flatMap(({ kind, id }) => (kind === 'direct' ? [id] : []))

test('two members of a room become contacts by one asking and the other saying yes', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [, bob, carol] = people
  const { person } = await carol.identity()
  await bob.request('contact/ask', { person })
  await world.clock.advance(2_000)
  const [outgoing] = await bob.request('contact/requests', {})
  assert.deepEqual([outgoing?.state, outgoing?.person, outgoing?.room], ['outgoing', person, conversation])
  const [incoming] = await carol.request('contact/requests', {})
  assert.deepEqual([incoming?.state, incoming?.name, incoming?.room], ['incoming', 'Bob', conversation])
  const made = await carol.request('contact/answer', { request: incoming?.request ?? '', accept: true })
  await world.clock.advance(5_000)

  assert.deepEqual(await directs(bob), [made.conversation])
  assert.deepEqual(await directs(carol), [made.conversation])
  assert.deepEqual(await bob.request('contact/requests', {}), [])
  assert.deepEqual(await carol.request('contact/requests', {}), [])
  const direct = made.conversation as ConversationId
  await bob.send(direct, 'just us')
  await carol.send(direct, 'yes')
  await world.clock.advance(5_000)
  for (const one of [bob, carol]) {
    assert.deepEqual(await one.texts(direct), ['just us', 'yes'])
    assert.deepEqual(one.complaints, [])
  }
})

test('two who ask each other at once become contacts, and no is heard', async () => {
  const world = new RoomWorld()
  const { people } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const [b, c] = [await bob.identity(), await carol.identity()]
  await Promise.all([
    bob.request('contact/ask', { person: c.person }),
    carol.request('contact/ask', { person: b.person }),
  ])
  await world.clock.advance(5_000)
  const [ofBob, ofCarol] = [await directs(bob), await directs(carol)]
  assert.equal(ofBob.length, 1)
  assert.deepEqual(ofBob, ofCarol)
  await bob.send(ofBob[0] as ConversationId, 'hi')
  await world.clock.advance(5_000)
  assert.deepEqual(await carol.texts(ofBob[0] as ConversationId), ['hi'])

  await alice.request('contact/ask', { person: b.person })
  await world.clock.advance(2_000)
  const [incoming] = await bob.request('contact/requests', {})
  await bob.request('contact/answer', { request: incoming?.request ?? '', accept: false })
  await world.clock.advance(2_000)
  assert.deepEqual(await alice.request('contact/requests', {}), [])
  assert.deepEqual(await directs(alice), [])
  assert.equal(await bob.refusal('contact/ask', { person: c.person }), 'already-contact')
  assert.equal(await bob.refusal('contact/ask', { person: 'ab'.repeat(32) as PersonId }), 'unknown-person')
})

test('a common contact introduces two people, who are found by each other only once both have said yes', async () => {
  const world = new RoomWorld()
  const alice = await world.person('Alice')
  const bob = await world.person('Bob')
  const carol = await world.person('Carol')
  await world.befriend(alice, bob)
  await world.befriend(alice, carol)
  const [b, c] = [await bob.identity(), await carol.identity()]
  await alice.request('contact/introduce', { person: b.person, to: c.person })
  await world.clock.advance(2_000)
  const [toBob] = await bob.request('contact/requests', {})
  const [toCarol] = await carol.request('contact/requests', {})
  assert.deepEqual(
    [toBob?.name, toBob?.person, toBob?.introducedBy],
    ['Carol', c.person, (await alice.identity()).person],
  )
  assert.equal(toCarol?.name, 'Bob')
  await bob.request('contact/answer', { request: toBob?.request ?? '', accept: true })
  await world.clock.advance(30_000)
  assert.equal((await bob.request('network/status', {})).links.length, 1)
  await carol.request('contact/answer', { request: toCarol.request, accept: true })
  await world.clock.advance(60_000)

  assert.equal((await directs(bob)).length, 2)
  assert.equal((await directs(carol)).length, 2)
  const list = await bob.request('conversation/list', {})
  const withCarol = list.find(({ members }) => members.some(({ person }) => person === c.person))
  assert.ok(withCarol)
  await bob.send(withCarol.id, 'Alice told me of you')
  await world.clock.advance(5_000)
  assert.deepEqual(await carol.texts(withCarol.id), ['Alice told me of you'])
  for (const one of [alice, bob, carol]) assert.deepEqual(one.complaints, [])
})

test('a common contact introduces two members of one room, who are linked already', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await world.befriend(alice, bob)
  await world.befriend(alice, carol)
  const [b, c] = [await bob.identity(), await carol.identity()]
  await alice.request('contact/introduce', { person: b.person, to: c.person })
  await world.clock.advance(2_000)
  for (const one of [bob, carol]) {
    const [{ request } = { request: '' }] = await one.request('contact/requests', {})
    await one.request('contact/answer', { request, accept: true })
    await world.clock.advance(2_000)
  }
  for (const [one, other] of [
    [bob, c],
    [carol, b],
  ] as const) {
    const members = await one.request('room/members', { conversation })
    assert.ok(members.some(({ person, isContact }) => person === other.person && isContact))
    assert.deepEqual(await one.request('contact/requests', {}), [])
  }
})
