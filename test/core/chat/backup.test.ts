import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoreRepair } from '../../../src/shared/store.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { RoomWorld } from './roomWorld.ts'
import { World } from './world.ts'

async function repairOf(person: SimulatedPerson): Promise<StoreRepair | undefined> {
  return (await person.request('store/state', {})).repair
}

test('a device whose old backup was put back takes a fresh key, gets its own newer messages back, and reuses no number', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'one')
  await world.clock.advance(500)
  const before = await alice.identity()
  const backup = alice.disk.copy()
  for (const text of ['two', 'three']) await alice.send(conversation, text)
  await world.clock.advance(500)
  await alice.stop()
  alice.disk = backup
  world.network.separate(alice.transport, bob.transport)
  await alice.start()
  assert.equal((await repairOf(alice))?.cause, 'older')
  assert.deepEqual(await alice.texts(conversation), ['one'])
  const after = await alice.identity()
  assert.equal(after.person, before.person)
  assert.notEqual(after.device, before.device)
  // Written before anybody could be asked: it takes nothing's place.
  const { seq } = await alice.send(conversation, 'other two')
  assert.equal(seq, 1)
  assert.equal(await alice.state(conversation, 'other two'), 'queued')

  world.network.heal()
  await world.linked(alice, bob)
  await world.clock.advance(2_000)
  const all = ['one', 'two', 'three', 'other two'].sort()
  for (const person of [alice, bob]) assert.deepEqual((await person.texts(conversation)).sort(), all)
  assert.equal((await alice.conversation()).unread, 0)
  assert.equal(await alice.state(conversation, 'other two'), 'delivered')
  assert.deepEqual(await bob.notices(conversation), ['contact-added', 'keys-changed'])
  assert.deepEqual(await alice.notices(conversation), ['contact-added'])

  await alice.request('store/noted', {})
  assert.equal(await repairOf(alice), undefined)
  await alice.stop()
  await alice.start()
  assert.equal(await repairOf(alice), undefined)
  assert.equal((await alice.identity()).device, after.device)
  await world.linked(alice, bob)
  await bob.send(conversation, 'still there?')
  await world.clock.advance(1_000)
  assert.ok((await alice.texts(conversation)).includes('still there?'))
})

test('a store that was copied while it was in use is found out as well', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const backup = alice.disk.copy()
  await alice.send(conversation, 'one')
  await alice.stop()
  alice.disk = backup
  await alice.start()
  assert.equal((await repairOf(alice))?.cause, 'older')
})

test('an ordinary restart, a crash and a crash between the two places of the count are no rollback', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const { device } = await alice.identity()
  for (const end of ['stop', 'crash', 'crash', 'lost count'] as const) {
    await alice.send(conversation, end)
    if (end === 'lost count') alice.file.isFailing = true
    if (end === 'crash') alice.crash()
    else await alice.stop()
    alice.file.isFailing = false
    await alice.start()
    assert.equal(await repairOf(alice), undefined)
    assert.equal((await alice.identity()).device, device)
  }
})

test('messages that only the replaced store held are still delivered by those who have them, each under its own state', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await world.settled(bob.stop())
  await alice.send(conversation, 'waits')
  const backup = alice.disk.copy()
  await alice.send(conversation, 'lost with the newer store')
  await alice.stop()
  alice.disk = backup
  await alice.start()
  assert.equal(await alice.state(conversation, 'waits'), 'queued')
  await alice.send(conversation, 'new')
  assert.equal(await alice.state(conversation, 'waits'), 'queued')
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(2_000)
  for (const person of [alice, bob]) assert.deepEqual(await person.texts(conversation), ['waits', 'new'])
  for (const text of ['waits', 'new']) assert.equal(await alice.state(conversation, text), 'delivered')
})

test('in a room, too, nothing disappears when an older copy was put back, and both go on', async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const { conversation } = await alice.request('room/create', { title: 'Kettle' })
  const { person } = await bob.identity()
  await alice.request('room/invite', { conversation, person })
  await world.clock.advance(5_000)
  const [offer] = await bob.request('room/offers', {})
  assert.ok(offer !== undefined)
  await bob.request('room/answer', { offer: offer.offer, accept: true })
  await world.clock.advance(10_000)
  await alice.send(conversation, 'one')
  const backup = alice.disk.copy()
  await alice.send(conversation, 'two')
  await world.clock.advance(5_000)
  await alice.stop()
  alice.disk = backup
  await alice.start()
  await world.linked(alice, bob)
  await world.clock.advance(10_000)
  await alice.send(conversation, 'three')
  await world.clock.advance(1_000)
  await bob.send(conversation, 'four')
  await world.clock.advance(10_000)
  for (const one of [alice, bob]) assert.deepEqual(await one.texts(conversation), ['one', 'two', 'three', 'four'])
})

test('in a room, whoever was brought in after the backup stays, and what was changed stays changed', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const backup = alice.disk.copy()
  const carol = await world.person('Carol')
  await world.join(alice, carol, conversation)
  await alice.request('room/set', { conversation, title: 'After the backup' })
  await alice.send(conversation, 'also after it')
  await world.clock.advance(10_000)
  await alice.stop()
  alice.disk = backup
  await alice.start()
  await world.clock.advance(10 * 60_000)
  for (const one of [alice, bob, carol]) {
    await one.send(conversation, `${(await one.identity()).name} is here`)
    await world.clock.advance(10_000)
  }
  for (const one of [alice, bob, carol]) {
    assert.equal((await one.request('room/members', { conversation })).length, 3)
    assert.equal((await one.conversation()).title, 'After the backup')
    assert.deepEqual(await one.texts(conversation), [
      'also after it',
      ...['Alice', 'Bob', 'Carol'].map((name) => `${name} is here`),
    ])
  }
})
