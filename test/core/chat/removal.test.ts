import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, sendFile } from './fileDeeds.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

/** Two people who said things to each other, about them too, and sent a file. */
async function acquainted() {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id: first } = await alice.send(conversation, 'secret of the kettle')
  await bob.send(conversation, 'an answer that stays')
  await world.clock.advance(1_000)
  await bob.request('message/react', { conversation, message: first, emoji: '👍', on: true })
  await alice.request('message/edit', { conversation, message: first, text: 'better secret of the kettle' })
  await sendFile(alice, conversation, bytesOf(5_000))
  await alice.request('draft/set', { conversation, text: 'half a thought' })
  await world.clock.advance(5_000)
  return { world, alice, bob, conversation }
}

const listed = async (person: SimulatedPerson) => (await person.request('conversation/list', {})).map(({ id }) => id)
const linkedTo = async (person: SimulatedPerson) =>
  (await person.request('network/status', {})).links.map((link) => link.person)
const found = async (person: SimulatedPerson, query: string) =>
  (await person.request('search/messages', { query, limit: 20, complete: true })).hits.length

test('a conversation that is deleted is empty here, on the disk and in the search, and whole at the other side', async () => {
  const { world, alice, bob, conversation } = await acquainted()
  assert.ok((await found(alice, 'kettle')) > 0)
  await alice.request('conversation/delete', { conversation })
  await world.clock.advance(5_000)
  assert.deepEqual(await alice.history(conversation), [])
  assert.equal(await found(alice, 'kettle'), 0)
  assert.equal((await alice.request('draft/get', { conversation })).text, '')
  assert.deepEqual([alice.blobs.written.size, alice.disk.records.get('file')?.size ?? 0], [0, 0])
  assert.deepEqual(await listed(alice), [conversation])
  assert.deepEqual(await bob.texts(conversation), ['better secret of the kettle', 'an answer that stays'])

  await alice.stop()
  await alice.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  assert.deepEqual(await alice.history(conversation), [])
  await bob.send(conversation, 'and on it goes')
  await alice.send(conversation, 'so it does')
  await world.clock.advance(1_000)
  for (const text of ['and on it goes', 'so it does']) assert.ok((await alice.texts(conversation)).includes(text))
  assert.ok((await bob.texts(conversation)).includes('so it does'))
  assert.deepEqual([...alice.complaints, ...bob.complaints], [])
})

test('what was not delivered when a conversation was deleted is not sent, and nobody waits for it', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  await world.clock.advance(15_000)
  await alice.send(conversation, 'never mind')
  await alice.request('conversation/delete', { conversation })
  await alice.send(conversation, 'hello again')
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  assert.deepEqual(await bob.texts(conversation), ['hello again'])
  assert.equal((await bob.conversation()).missing, 0)
})

test('a long conversation goes as a whole, and a disk that refuses in the middle leaves what it has not removed', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  for (let i = 0; i < 450; i++) await alice.send(conversation, `line ${String(i)}`)
  alice.disk.commitsUntilFailure = 2
  assert.equal(await alice.refusal('conversation/delete', { conversation }), 'store-failed')
  const left = (await alice.texts(conversation)).length
  assert.ok(left > 0 && left < 450)
  await world.clock.advance(15_000)
  await alice.request('conversation/delete', { conversation })
  assert.deepEqual(await alice.history(conversation), [])
})

test('a contact who is deleted is told nothing, never gets through, and leaves nothing here', async () => {
  const { world, alice, bob, conversation } = await acquainted()
  const carol = await world.person('Carol')
  await world.befriend(alice, carol)
  const { person } = await bob.identity()
  const told: string[] = []
  alice.chat.on('conversation/removed', (removed) => told.push(removed.conversation))
  await alice.request('contact/delete', { person })
  await world.clock.advance(1_000)
  assert.deepEqual(told, [conversation])
  assert.ok(!(await listed(alice)).includes(conversation))
  assert.deepEqual(await linkedTo(bob), [])
  assert.equal((await bob.conversation()).online, false)
  await bob.send(conversation, 'are you there?')
  await world.clock.advance(20 * 60_000)
  assert.equal(await bob.state(conversation, 'are you there?'), 'queued')
  assert.deepEqual(await linkedTo(alice), [(await carol.identity()).person])
  const body = { kind: 'text', text: 'oops' } as const
  assert.equal(await alice.refusal('message/send', { conversation, body }), 'unknown-person')
  assert.equal(await alice.refusal('contact/delete', { person }), 'unknown-person')
  assert.equal(await found(alice, 'kettle'), 0)
  assert.equal(alice.blobs.written.size, 0)
  await alice.stop()
  await alice.start()
  assert.ok(!(await listed(alice)).includes(conversation))
  assert.deepEqual(await bob.texts(conversation), [
    'better secret of the kettle',
    'an answer that stays',
    'are you there?',
  ])
})

test('a contact who was deleted comes back by a new invite, with what it wrote meanwhile and nothing from before', async () => {
  const { world, alice, bob, conversation } = await acquainted()
  await alice.request('contact/delete', { person: (await bob.identity()).person })
  await bob.send(conversation, 'are you there?')
  await world.clock.advance(60_000)
  for (const [inviter, joiner] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    assert.equal(await world.befriend(inviter, joiner), conversation)
    await world.clock.advance(5_000)
    assert.deepEqual(await listed(alice), [conversation])
    assert.deepEqual(await alice.texts(conversation), ['are you there?'])
    await alice.send(conversation, 'here I am')
    await world.clock.advance(1_000)
    assert.equal(await alice.state(conversation, 'here I am'), 'delivered')
    await alice.request('contact/delete', { person: (await bob.identity()).person })
    await bob.send(conversation, 'are you there?')
    await world.clock.advance(60_000)
  }
  assert.deepEqual([...alice.complaints, ...bob.complaints], [])
})

test('what is said with somebody who came back stays when the contact is lost to a damaged store', async () => {
  const { world, alice, bob, conversation } = await acquainted()
  await alice.request('contact/delete', { person: (await bob.identity()).person })
  await world.clock.advance(60_000)
  await world.befriend(bob, alice)
  await alice.send(conversation, 'here I am')
  await world.clock.advance(1_000)
  await alice.stop()
  const contacts = alice.disk.records.get('contact')
  for (const [key, row] of contacts ?? []) contacts?.set(key, { ...row, sealed: row.sealed.map((byte) => byte ^ 1) })
  await alice.start()
  await world.clock.advance(60_000)
  assert.equal((await alice.request('store/state', {})).repair?.cause, 'damaged')
  assert.deepEqual(await listed(alice), [conversation])
  assert.ok((await alice.texts(conversation)).includes('here I am'))
  await alice.send(conversation, 'and still am')
})

test('a process that dies while it deletes a contact goes on when it starts', async () => {
  const { world, alice, bob, conversation } = await acquainted()
  alice.crashAfterCommits(1)
  const deletion = alice.chat.request('contact/delete', { person: (await bob.identity()).person })
  deletion.catch(() => undefined)
  await world.clock.advance(1_000)
  await alice.start()
  await world.clock.advance(5_000)
  assert.deepEqual(await listed(alice), [])
  assert.deepEqual(await alice.history(conversation), [])
  assert.equal(alice.blobs.written.size, 0)
  await world.clock.advance(60_000)
  assert.deepEqual(await linkedTo(alice), [])
})

test('a room that was left goes from the list with all that was said there, and one that is not left stays, empty', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob] = people
  await alice.send(conversation, 'the kettle is on')
  await world.clock.advance(5_000)
  await alice.request('conversation/delete', { conversation })
  assert.deepEqual(await alice.texts(conversation), [])
  assert.ok((await listed(alice)).includes(conversation))
  await bob.request('room/leave', { conversation })
  await world.clock.advance(5_000)
  await bob.request('conversation/delete', { conversation })
  await world.clock.advance(1_000)
  assert.ok(!(await listed(bob)).includes(conversation))
  assert.deepEqual(await bob.texts(conversation), [])
  await bob.stop()
  await bob.start()
  assert.ok(!(await listed(bob)).includes(conversation))
})

test('what is said after somebody came back to a room that they had deleted stays when they leave it once more', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const leave = async (): Promise<void> => {
    await bob.request('room/leave', { conversation })
    await world.clock.advance(5_000)
  }
  await leave()
  await bob.request('conversation/delete', { conversation })
  await world.join(alice, bob, conversation, { history: 'from-now' })
  await world.clock.advance(5_000)
  await alice.send(conversation, 'back again')
  await world.clock.advance(5_000)
  await leave()
  assert.ok((await listed(bob)).includes(conversation))
  await bob.stop()
  await bob.start()
  await world.clock.advance(5_000)
  assert.deepEqual(await bob.texts(conversation), ['back again'])
})

test('a contact who is deleted stays a member of common rooms, and shares no more than those', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const direct = await world.befriend(alice, bob)
  await alice.request('contact/delete', { person: (await bob.identity()).person })
  await world.clock.advance(60_000)
  await bob.send(direct, 'only for you')
  await bob.send(conversation, 'for the room')
  await world.clock.advance(60_000)
  assert.deepEqual(await alice.texts(conversation), ['for the room'])
  assert.deepEqual(await alice.texts(direct), [])
  assert.equal(await bob.state(direct, 'only for you'), 'queued')
})
