import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formerLastsMs } from '../../../src/core/contact/addressTurnover.ts'
import type { PersonId } from '../../../src/shared/ids.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const linkedTo = async (one: SimulatedPerson): Promise<PersonId[]> =>
  (await one.request('network/status', {})).links.map(({ person }) => person)

async function block(who: SimulatedPerson, whom: SimulatedPerson, blocked = true): Promise<void> {
  await who.request('contact/block', { person: (await whom.identity()).person, blocked })
}

/** Alice with two contacts, who do not know each other. */
async function three(): Promise<{
  world: World
  alice: SimulatedPerson
  bob: SimulatedPerson
  carol: SimulatedPerson
}> {
  const world = new World()
  const { alice, bob } = await world.pair()
  const carol = await world.person('Carol')
  await world.befriend(alice, carol)
  return { world, alice, bob, carol }
}

test('somebody who is blocked sees what it sees of somebody who went offline, and never gets through', async () => {
  const { world, alice, bob, conversation } = await pairWithTexts()
  await block(alice, bob)
  await world.clock.advance(1_000)
  assert.deepEqual(await linkedTo(alice), [])
  assert.deepEqual(await linkedTo(bob), [])
  const seen = await bob.conversation()
  assert.deepEqual([seen.online, seen.members[0]?.blocked], [false, undefined])
  await bob.send(conversation, 'are you there?')
  await world.clock.advance(20 * 60_000)
  assert.equal(await bob.state(conversation, 'are you there?'), 'queued')
  assert.deepEqual(await alice.texts(conversation), ['hi'])
  const [peer] = (await bob.request('network/status', {})).peers
  assert.equal(peer?.linked, false)
  assert.deepEqual([...alice.complaints, ...bob.complaints], [])
})

async function pairWithTexts(): Promise<Awaited<ReturnType<World['pair']>> & { world: World }> {
  const world = new World()
  const pair = await world.pair()
  await pair.alice.send(pair.conversation, 'hi')
  await world.clock.advance(1_000)
  return { world, ...pair }
}

test('whoever blocks is told so in the list, calls nobody, and cannot write there by mistake', async () => {
  const { world, alice, bob, conversation } = await pairWithTexts()
  await block(alice, bob)
  const { person } = await bob.identity()
  const [member] = (await alice.conversation()).members
  assert.deepEqual([member?.person, member?.blocked], [person, true])
  assert.deepEqual((await alice.request('network/status', {})).peers, [])
  const dials = world.network.dials
  await bob.stop()
  await world.clock.advance(20 * 60_000)
  assert.equal(world.network.dials, dials)
  const body = { kind: 'text', text: 'oops' } as const
  assert.equal(await alice.refusal('message/send', { conversation, body }), 'blocked')
  assert.equal(await alice.refusal('safety/compare', { person }), 'blocked')
  await alice.stop()
  await alice.start()
  assert.equal((await alice.conversation()).members[0]?.blocked, true)
})

test('unblocking brings back what was written meanwhile', async () => {
  const { world, alice, bob, conversation } = await pairWithTexts()
  await block(alice, bob)
  await bob.send(conversation, 'sorry')
  await world.clock.advance(10 * 60_000)
  await block(alice, bob, false)
  await world.linked(alice, bob)
  await world.clock.advance(2_000)
  assert.deepEqual(await alice.texts(conversation), ['hi', 'sorry'])
  assert.equal((await alice.conversation()).members[0]?.blocked, undefined)
  await alice.stop()
  await alice.start()
  await world.linked(alice, bob)
})

test('the others are told another address, and find it when this device is called alone', async () => {
  const { world, alice, bob, carol } = await three()
  await block(alice, bob)
  await world.clock.advance(2_000)
  assert.deepEqual(await linkedTo(alice), [(await carol.identity()).person])
  // Carol was told on the link: nothing of the old address is needed any more, whoever comes online first.
  for (const [first, second] of [
    [alice, carol],
    [carol, alice],
  ] as const) {
    await alice.stop()
    await carol.stop()
    await first.start()
    await world.clock.advance(5_000)
    await second.start()
    await world.linked(alice, carol)
  }
})

test('once everybody has been told and some time has passed, nobody is found under the old address', async () => {
  const { world, alice, bob, carol } = await three()
  const before = alice.transport.listeningKeys
  await block(alice, bob)
  await world.clock.advance(2_000)
  assert.deepEqual(alice.transport.listeningKeys.slice(0, -1), before)
  for (const one of [alice, bob, carol]) await one.stop()
  await world.clock.advance(formerLastsMs + 1_000)
  await carol.start()
  await alice.start()
  await world.linked(alice, carol)
  assert.equal(alice.transport.listeningKeys.length, 1)
})

test('a contact that was away when the address changed is found, and finds, all the same', async () => {
  for (const isCaller of [true, false]) {
    const { world, alice, bob, carol } = await three()
    await carol.stop()
    await block(alice, bob)
    await world.clock.advance(60_000)
    if (isCaller) {
      await carol.start()
    } else {
      await alice.stop()
      await carol.start()
      await world.clock.advance(5_000)
      await alice.start()
    }
    await world.linked(alice, carol)
  }
})

test('two contacts that both changed their address while the other was away find each other', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const [carol, dora] = [await world.person('Carol'), await world.person('Dora')]
  await world.befriend(alice, carol)
  await world.befriend(bob, dora)
  await bob.stop()
  await block(alice, carol)
  await alice.stop()
  await bob.start()
  await block(bob, dora)
  await world.clock.advance(60_000)
  await alice.start()
  await world.linked(alice, bob)
  // And once more, now that both have been told.
  await world.clock.advance(2_000)
  await alice.stop()
  await bob.stop()
  await bob.start()
  await alice.start()
  await world.linked(alice, bob)
})

test('a device that dies in the middle of changing its address goes on with that when it starts', async () => {
  for (const commits of [1, 2, 3]) {
    const { world, alice, bob, carol } = await three()
    const before = new Set(alice.transport.listeningKeys)
    alice.crashAfterCommits(commits)
    alice.chat.request('contact/block', { person: (await bob.identity()).person, blocked: true }).catch(() => undefined)
    await world.clock.advance(1_000)
    if (alice.isCrashed) await alice.start()
    await world.clock.advance(30_000)
    await world.linked(alice, carol)
    assert.deepEqual(await linkedTo(bob), [], `after ${String(commits)}`)
    const fresh = alice.transport.listeningKeys.filter((key) => !before.has(key))
    assert.equal(fresh.length, 1, 'it was changed once, whenever the device died')
  }
})

test('in a room that both are in, the words of somebody who is blocked still come, by way of others', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await world.befriend(alice, bob)
  await block(alice, bob)
  await world.clock.advance(5_000)
  const carolId = (await carol.identity()).person
  assert.deepEqual(await linkedTo(alice), [carolId])
  await bob.send(conversation, 'to all')
  await alice.send(conversation, 'to all as well')
  await world.clock.advance(10_000)
  for (const one of people) assert.deepEqual((await one.texts(conversation)).toSorted(), ['to all', 'to all as well'])
  const room = (await alice.request('conversation/list', {})).find(({ id }) => id === conversation)
  const [bobThere] = room?.members.filter(({ blocked }) => blocked === true) ?? []
  assert.equal(bobThere?.person, (await bob.identity()).person)
})

test('members of a room who are no contacts are found after the address changed', async () => {
  const world = new RoomWorld()
  const { people } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const dora = await world.person('Dora')
  await world.befriend(alice, dora)
  await bob.stop()
  await carol.stop()
  await block(alice, dora)
  await world.clock.advance(60_000)
  await bob.start()
  await world.linked(alice, bob)
  await alice.stop()
  await carol.start()
  await world.clock.advance(5_000)
  await alice.start()
  await world.linked(alice, carol)
})

test('nobody is introduced to somebody who is blocked, nor offered a room', async () => {
  const { alice, bob, carol } = await three()
  await block(alice, bob)
  const [b, c] = [(await bob.identity()).person, (await carol.identity()).person]
  assert.equal(await alice.refusal('contact/introduce', { person: c, to: b }), 'blocked')
  assert.equal(await alice.refusal('contact/introduce', { person: b, to: c }), 'blocked')
  const { conversation } = await alice.request('room/create', { title: 'Kitchen' })
  assert.equal(await alice.refusal('room/invite', { conversation, person: b }), 'blocked')
  const stranger = 'ab'.repeat(32) as PersonId
  assert.equal(await alice.refusal('contact/block', { person: stranger, blocked: true }), 'unknown-person')
})
