import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roomPatienceMs } from '../../../src/core/fleeting/fading.ts'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const day = 24 * 60 * 60 * 1000
/** Short, because everybody's timers run meanwhile. */
const minute = 60_000
const longer = 2 * minute

const get = (person: SimulatedPerson, conversation: ConversationId, message: MessageId): Promise<Message | null> =>
  person.request('message/get', { conversation, message })

const keepFor = (person: SimulatedPerson, conversation: ConversationId, lifetimeMs: number): Promise<null> =>
  person.request('conversation/lifetime', { conversation, lifetimeMs })

const read = (person: SimulatedPerson, conversation: ConversationId, upTo: MessageId): Promise<null> =>
  person.request('conversation/read', { conversation, upTo })

/** How many messages of this machine are still to disappear. */
const fleetingOf = ({ disk }: SimulatedPerson): number => disk.records.get('fleeting')?.size ?? 0

/** A pair whose messages disappear after an minute. */
async function fleetingPair() {
  const world = new World()
  const pair = await world.pair()
  await keepFor(pair.alice, pair.conversation, minute)
  await world.clock.advance(1_000)
  return { world, ...pair }
}

test('either side of a direct conversation says how long messages are kept, and both are told who did', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  assert.equal((await bob.conversation()).lifetimeMs, undefined)
  await keepFor(alice, conversation, minute)
  await world.clock.advance(1_000)
  await keepFor(bob, conversation, longer)
  await keepFor(bob, conversation, longer)
  await world.clock.advance(1_000)
  const people = [(await alice.identity()).person, (await bob.identity()).person]
  for (const person of [alice, bob]) {
    assert.equal((await person.conversation()).lifetimeMs, longer)
    const lines = (await person.history(conversation)).filter(({ body }) => body.kind === 'room')
    assert.deepEqual(
      lines.map(({ author, body }) => [author, body]),
      [
        [people[0], { kind: 'room', change: 'lifetime', lifetimeMs: minute }],
        [people[1], { kind: 'room', change: 'lifetime', lifetimeMs: longer }],
      ],
    )
  }
  await keepFor(alice, conversation, 0)
  await world.clock.advance(1_000)
  assert.equal((await bob.conversation()).lifetimeMs, undefined)
  const { id } = await alice.send(conversation, 'stays')
  await world.clock.advance(2 * longer)
  assert.notEqual(await get(bob, conversation, id), null)
})

test('two who change it at once agree on one outcome', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await Promise.all([
    world.settled(alice.chat.request('conversation/lifetime', { conversation, lifetimeMs: minute })),
    world.settled(bob.chat.request('conversation/lifetime', { conversation, lifetimeMs: longer })),
  ])
  await world.clock.advance(5_000)
  const outcome = (await alice.conversation()).lifetimeMs
  assert.ok(outcome === minute || outcome === longer)
  assert.equal((await bob.conversation()).lifetimeMs, outcome)
})

test('the time of its writer begins as a message is delivered, that of its reader as it is read', async () => {
  const { world, alice, bob, conversation } = await fleetingPair()
  await bob.stop()
  const { id } = await alice.send(conversation, 'soon gone')
  await world.clock.advance(2 * minute)
  assert.notEqual(await get(alice, conversation, id), null, 'nobody has it yet')
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  assert.notEqual((await get(alice, conversation, id))?.fadesAt, undefined)
  assert.equal((await get(bob, conversation, id))?.fadesAt, undefined)
  await world.clock.advance(minute + 5_000)
  assert.equal(await get(alice, conversation, id), null)
  assert.notEqual(await get(bob, conversation, id), null, 'its reader has not seen it')
  await read(bob, conversation, id)
  await world.clock.advance(minute - 5_000)
  const left = await get(bob, conversation, id)
  assert.ok(left?.fadesAt !== undefined && left.fadesAt > world.clock.now())
  await world.clock.advance(10_000)
  assert.equal(await get(bob, conversation, id), null)
  for (const person of [alice, bob]) {
    assert.deepEqual(await person.texts(conversation), [])
    assert.equal(fleetingOf(person), 0)
    assert.equal((await person.conversation()).missing, 0)
    assert.deepEqual(person.complaints, [])
  }
})

test('a message that is gone takes its wordings, reactions, thread counts and quotes along, and is found no more', async () => {
  const { world, alice, bob, conversation } = await fleetingPair()
  const { id } = await alice.send(conversation, 'kumquat one')
  await alice.request('message/edit', { conversation, message: id, text: 'kumquat two' })
  await world.clock.advance(1_000)
  await bob.request('message/react', { conversation, message: id, emoji: '👍', on: true })
  await bob.request('message/react', { conversation, message: id, emoji: '🎉', on: true })
  await keepFor(bob, conversation, 0)
  await world.clock.advance(1_000)
  const body = { kind: 'text', text: 'I agree', replyTo: id, thread: id } as const
  const answer = await bob.request('message/send', { conversation, body })
  await read(bob, conversation, id)
  await world.clock.advance(1_000)
  assert.equal((await get(alice, conversation, answer.id))?.quote?.summary, 'kumquat two')
  const find = async (person: SimulatedPerson): Promise<number> =>
    (await person.request('search/messages', { query: 'kumquat', limit: 10, complete: true })).hits.length
  assert.deepEqual([await find(alice), await find(bob)], [1, 1])
  await world.clock.advance(minute + 5_000)
  for (const person of [alice, bob]) {
    assert.equal(await get(person, conversation, id), null)
    assert.equal(await find(person), 0)
    const left = await get(person, conversation, answer.id)
    assert.equal(left?.quote, undefined)
    assert.equal(left?.body.kind, 'text')
    const thread = await person.request('message/thread', { conversation, message: id, limit: 10 })
    assert.equal(thread.root, null)
    // Of all that was said about it, nothing but the answer is left on the disk.
    assert.ok([...person.disk.readEvents()].filter(({ part }) => part === 'hidden').length >= 3)
    assert.deepEqual(person.complaints, [])
  }
})

test('an answer in a thread that is gone is counted no more', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const root = await alice.send(conversation, 'the root stays')
  await keepFor(alice, conversation, minute)
  const body = { kind: 'text', text: 'goes', thread: root.id } as const
  const { id } = await alice.request('message/send', { conversation, body })
  await world.clock.advance(1_000)
  await read(bob, conversation, id)
  assert.equal((await get(bob, conversation, root.id))?.replies?.count, 1)
  bob.changed.length = 0
  await world.clock.advance(minute + 5_000)
  assert.equal((await get(bob, conversation, root.id))?.replies, undefined)
  assert.ok(bob.changed.some((message) => message.id === root.id && message.replies === undefined))
})

test('its time goes on over restarts, and a clock that is set back gives it no more than once the whole', async () => {
  const { world, alice, bob, conversation } = await fleetingPair()
  const { id } = await alice.send(conversation, 'tick')
  await world.clock.advance(1_000)
  await read(bob, conversation, id)
  await world.clock.advance(minute / 2)
  await bob.stop()
  await world.clock.advance(minute)
  await bob.start()
  await world.clock.advance(1_000)
  assert.equal(await get(bob, conversation, id), null, 'its time was over while nothing ran')

  const later = await alice.send(conversation, 'tock')
  await world.clock.advance(1_000)
  await read(bob, conversation, later.id)
  await world.clock.advance(5_000)
  bob.skewMs = -30 * day
  await world.clock.advance(minute + 5_000)
  assert.equal(await get(bob, conversation, later.id), null, 'the clock that only grows holds')

  const last = await bob.send(conversation, 'tack')
  await world.clock.advance(5_000)
  await bob.stop()
  bob.skewMs = -60 * day
  await bob.start()
  await world.clock.advance(minute + 5_000)
  assert.equal(await get(bob, conversation, last.id), null)
  assert.deepEqual(bob.complaints, [])
})

test('a process that dies at any commit of the end neither brings a message back nor forgets to remove it', async () => {
  for (let commits = 1; commits <= 3; commits++) {
    const { world, alice, bob, conversation } = await fleetingPair()
    const { id } = await alice.send(conversation, 'short-lived')
    await world.clock.advance(1_000)
    await read(bob, conversation, id)
    await world.clock.advance(minute - 5_000)
    bob.crashAfterCommits(commits)
    await world.clock.advance(10_000)
    await bob.start()
    await world.linked(alice, bob)
    await world.clock.advance(5_000)
    assert.equal(await get(bob, conversation, id), null)
    assert.deepEqual(await bob.texts(conversation), [])
  }
})

test('whoever still has the bytes cannot bring it back, and another wording that comes late does not stay', async () => {
  const { world, alice, bob, conversation } = await fleetingPair()
  const { id } = await alice.send(conversation, 'first words')
  await world.clock.advance(1_000)
  // Alice never reads; Bob's message stays with her while it is gone with him.
  const bobs = await bob.send(conversation, 'from Bob')
  await world.clock.advance(minute + 10_000)
  assert.equal(await get(bob, conversation, bobs.id), null)
  assert.notEqual(await get(alice, conversation, bobs.id), null)
  for (const person of [alice, bob]) await person.stop()
  for (const person of [alice, bob]) await person.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  assert.equal(await get(bob, conversation, bobs.id), null)
  assert.equal((await bob.conversation()).missing, 0)
  // Alice's own is gone with her; with Bob, who has not read it, it is still there.
  assert.equal(await get(alice, conversation, id), null)
  assert.equal(await alice.refusal('message/edit', { conversation, message: id, text: 'x' }), 'unknown-message')
  assert.notEqual(await get(bob, conversation, id), null)
})

test('a note to oneself disappears after its time', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const { conversation } = await alice.request('conversation/self', {})
  await keepFor(alice, conversation, minute)
  const { id } = await alice.send(conversation, 'remember the milk')
  await world.clock.advance(minute - 5_000)
  assert.notEqual(await get(alice, conversation, id), null)
  await world.clock.advance(10_000)
  assert.equal(await get(alice, conversation, id), null)
})

test('what a sender claims of its lifetime is not taken: the conversation says how long', async () => {
  const { world, alice, bob, conversation } = await fleetingPair()
  const body = { kind: 'text', text: 'mine for long', lifetimeMs: 300 * day } as const
  const { id } = await alice.request('message/send', { conversation, body })
  await world.clock.advance(1_000)
  const got = (await get(bob, conversation, id))?.body
  assert.deepEqual(got, { kind: 'text', text: 'mine for long', lifetimeMs: minute })
})

test('in a room whoever may set its topic says how long, and nobody else', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben')
  const [ann, ben] = people
  assert.equal(await ben.refusal('conversation/lifetime', { conversation, lifetimeMs: minute }), 'not-allowed')
  await keepFor(ann, conversation, minute)
  await world.clock.advance(5_000)
  for (const person of [ann, ben]) {
    assert.equal((await person.conversation()).lifetimeMs, minute)
    const lines = (await person.history(conversation)).map(({ body }) => body)
    assert.deepEqual(lines.at(-1), { kind: 'room', change: 'lifetime', lifetimeMs: minute })
  }
})

test('in a room it goes once all have it and have read it; who comes later neither gets it nor waits for it', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben')
  const [ann, ben] = people
  await keepFor(ann, conversation, minute)
  await world.clock.advance(5_000)
  const { id } = await ann.send(conversation, 'for those who are here')
  await world.clock.advance(5_000)
  await ben.request('message/react', { conversation, message: id, emoji: '👀', on: true })
  await read(ben, conversation, id)
  await world.clock.advance(minute + 10_000)
  for (const person of [ann, ben]) assert.equal(await get(person, conversation, id), null)
  await keepFor(ann, conversation, 0)
  const after = await ann.send(conversation, 'for everybody')
  const cy = await world.person('Cy')
  await world.join(ann, cy, conversation)
  await world.clock.advance(10_000)
  assert.equal(await get(cy, conversation, id), null)
  assert.notEqual(await get(cy, conversation, after.id), null)
  assert.equal((await cy.conversation()).missing, 0)
  await cy.stop()
  await cy.start()
  await world.clock.advance(10_000)
  assert.equal((await cy.conversation()).missing, 0)
  for (const person of [ann, ben, cy]) assert.deepEqual(person.complaints, [])
})

test('a member who stays away for ever does not keep a message alive with its writer', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben', 'Cy')
  const [ann, ben, cy] = people
  await keepFor(ann, conversation, minute)
  await world.clock.advance(5_000)
  await cy.stop()
  const { id } = await ann.send(conversation, 'Cy is on leave')
  await world.clock.advance(5_000)
  await read(ben, conversation, id)
  await world.clock.advance(2 * minute)
  assert.equal(await get(ben, conversation, id), null)
  assert.notEqual(await get(ann, conversation, id), null)
  ann.skewMs = roomPatienceMs
  await world.clock.advance(2 * minute + 5_000)
  assert.equal(await get(ann, conversation, id), null)
})
