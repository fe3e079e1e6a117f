import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoomWorld } from './roomWorld.ts'
import { World } from './world.ts'

test('a name of one’s own for a contact stands everywhere, beside the one it has chosen, and is told nobody', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const { person } = await bob.identity()
  await alice.request('contact/rename', { person, name: 'Bob from work' })
  const seen = await alice.conversation()
  assert.equal(seen.title, 'Bob from work')
  assert.deepEqual([seen.members[0]?.name, seen.members[0]?.ownName], ['Bob from work', 'Bob'])
  assert.equal((await alice.request('network/status', {})).peers[0]?.name, 'Bob from work')

  await bob.request('identity/rename', { name: 'Robert' })
  await world.clock.advance(1_000)
  assert.equal((await alice.conversation()).members[0]?.ownName, 'Robert')
  await alice.stop()
  await alice.start()
  assert.equal((await alice.conversation()).title, 'Bob from work')
  await alice.request('contact/rename', { person })
  const back = await alice.conversation()
  assert.deepEqual([back.title, back.members[0]?.ownName], ['Robert', undefined])
})

test('in a room as well, where the others see the name that was chosen', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await world.befriend(alice, bob)
  const { person } = await bob.identity()
  await alice.request('contact/rename', { person, name: 'Bobby' })
  const nameAt = async (one: typeof alice): Promise<string | undefined> =>
    (await one.request('room/members', { conversation })).find((member) => member.person === person)?.name
  assert.equal(await nameAt(alice), 'Bobby')
  assert.equal(await nameAt(carol), 'Bob')
})

test('contacts whose names look alike are told apart, also by a name of one’s own', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const [first, second] = [await world.person('Paul'), await world.person('Pаul')]
  await world.befriend(alice, first)
  await world.befriend(alice, second)
  const alike = async (): Promise<boolean[]> =>
    (await alice.request('conversation/list', {})).map(({ members }) => members[0]?.looksLikeAnother === true)
  assert.deepEqual(await alike(), [true, true])
  await alice.request('contact/rename', { person: (await second.identity()).person, name: 'Somebody else' })
  assert.deepEqual(await alike(), [false, false])
})

test('whoever is given the name of another contact is told apart from it', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const carol = await world.person('Carol')
  await world.befriend(alice, carol)
  await alice.request('contact/rename', { person: (await bob.identity()).person, name: 'Carol' })
  const list = await alice.request('conversation/list', {})
  assert.ok(list.every(({ members }) => members[0]?.looksLikeAnother === true))
})
