import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maxEpochMessages } from '../../../src/core/room/currentEpoch.ts'
import type { MessageId, PersonId } from '../../../src/shared/ids.ts'
import type { RoomBody } from '../../../src/shared/rooms.ts'
import type { Message } from '../../../src/shared/service.ts'
import { eraseOnDisk, keysOnDisk, roomLogKeysOnDisk, roomLogOnDisk } from './roomDisk.ts'
import { RoomWorld } from './roomWorld.ts'

test('three people who are not all contacts talk in a room', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people

  await alice.send(conversation, 'Hello all')
  await bob.send(conversation, 'Hello from Bob')
  await carol.send(conversation, 'Hello from Carol')
  await world.clock.advance(5_000)

  for (const person of people) {
    assert.deepEqual((await person.texts(conversation)).sort(), ['Hello all', 'Hello from Bob', 'Hello from Carol'])
    assert.deepEqual(person.complaints, [])
  }
  const ids = await Promise.all(people.map(async (one) => (await one.history(conversation)).map(({ id }) => id)))
  assert.deepEqual(ids[1], ids[0])
  assert.deepEqual(ids[2], ids[0])
})

test('a message counts the members who have it, and is delivered once all do', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, , carol] = people
  await carol.stop()
  await world.clock.advance(20_000)

  await alice.send(conversation, 'Who is there?')
  await world.clock.advance(5_000)
  const find = async () => (await alice.history(conversation)).find(({ body }) => body.kind === 'text')
  assert.deepEqual([(await find())?.state, (await find())?.deliveredTo], ['sent', 1])

  await carol.start()
  await world.clock.advance(60_000)
  assert.deepEqual([(await find())?.state, (await find())?.deliveredTo], ['delivered', 2])
  assert.deepEqual(await carol.texts(conversation), ['Who is there?'])
})

test('a room is the same after a restart of everybody', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob] = people
  await alice.request('room/set', { conversation, title: 'Crew', topic: 'All of it', whoInvites: 'everybody' })
  await alice.send(conversation, 'before')
  await world.clock.advance(5_000)
  const before = await Promise.all(people.map((one) => one.history(conversation)))
  for (const person of people) await person.stop()
  for (const person of people) await person.start()
  await world.clock.advance(60_000)

  for (const [i, person] of people.entries()) {
    assert.deepEqual(
      (await person.history(conversation)).map(({ id }) => id),
      before[i]?.map(({ id }) => id),
    )
    const { title, room } = await person.conversation()
    assert.deepEqual([title, room?.topic, room?.whoInvites, room?.memberCount], ['Crew', 'All of it', 'everybody', 3])
  }
  await bob.send(conversation, 'after')
  await world.clock.advance(5_000)
  for (const person of people) assert.deepEqual(await person.texts(conversation), ['before', 'after'])
})

test('somebody who was removed reads nothing that is written after, and hears of the removal', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await alice.send(conversation, 'for all')
  await world.clock.advance(5_000)
  const { person } = await carol.identity()
  await alice.request('room/remove', { conversation, person })
  await world.clock.advance(5_000)
  await alice.send(conversation, 'without Carol')
  await bob.send(conversation, 'and neither from Bob')
  await world.clock.advance(30_000)

  assert.deepEqual(await carol.texts(conversation), ['for all'])
  const seen = await carol.conversation()
  assert.equal(seen.room?.state, 'removed')
  assert.equal(seen.online, false)
  assert.deepEqual((await carol.request('network/status', {})).links, [])
  assert.equal(await carol.refusal('message/send', { conversation, body: { kind: 'text', text: 'x' } }), 'not-a-member')
  for (const other of [alice, bob]) {
    assert.deepEqual((await other.texts(conversation)).sort(), ['and neither from Bob', 'for all', 'without Carol'])
    assert.equal((await other.request('room/members', { conversation })).length, 2)
  }
})

test('whoever was away during its removal cannot come back, not even with an invite from before', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const { link = '' } = await alice.request('room/invite', { conversation })
  const { person } = await carol.identity()
  await carol.stop()
  await alice.request('room/remove', { conversation, person })
  await world.clock.advance(5_000)
  await carol.start()
  await carol.send(conversation, 'I do not know yet')
  await world.clock.advance(60_000)

  for (const other of [alice, bob]) assert.deepEqual(await other.texts(conversation), [])
  assert.equal(await carol.refusal('invite/accept', { link }), 'invite-revoked')
  await alice.send(conversation, 'secret')
  await world.clock.advance(60_000)
  assert.deepEqual(await carol.texts(conversation), ['I do not know yet'])
})

test('a removed person comes back by a new invite, and reads on from there', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  await bob.send(conversation, 'mine')
  await world.clock.advance(5_000)
  await alice.request('room/remove', { conversation, person: (await bob.identity()).person })
  await world.clock.advance(5_000)
  await alice.send(conversation, 'alone')
  await world.join(alice, bob, conversation, { history: 'from-now' })
  await alice.send(conversation, 'together')
  await world.clock.advance(5_000)
  await bob.send(conversation, 'again')
  await world.clock.advance(5_000)

  assert.deepEqual(await alice.texts(conversation), ['mine', 'alone', 'together', 'again'])
  assert.deepEqual(await bob.texts(conversation), ['together', 'again'])
})

test('somebody who does not know yet of its removal comes back by a new invite all the same', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await alice.request('room/set', { conversation, whoInvites: 'everybody' })
  await world.clock.advance(5_000)
  for (const other of [alice, bob]) world.network.separate(other.transport, carol.transport)
  await alice.request('room/remove', { conversation, person: (await carol.identity()).person })
  await world.clock.advance(60_000)
  const { link = '' } = await bob.request('room/invite', { conversation })
  world.network.rejoin(bob.transport, carol.transport)
  const joined = await carol.request('invite/accept', { link })
  assert.equal(joined.conversation, conversation)
  world.network.heal()
  for (const person of people) world.network.lose(person.transport)
  await world.clock.advance(10 * 60_000)
  await carol.send(conversation, 'here again')
  await world.clock.advance(60_000)
  for (const person of people) {
    assert.equal((await person.conversation()).room?.memberCount, 3)
    assert.deepEqual(await person.texts(conversation), ['here again'])
  }
})

test('a newcomer gets the history from the beginning, or from now on, as the invite says', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  await alice.send(conversation, 'old')
  await world.clock.advance(5_000)
  const carol = await world.person('Carol')
  const dave = await world.person('Dave')
  await world.join(alice, carol, conversation, { history: 'from-now' })
  await world.join(bob, dave, conversation).then(
    () => assert.fail('Bob may not invite'),
    () => undefined,
  )
  await world.join(alice, dave, conversation, { history: 'all', role: 'read-only' })
  await bob.send(conversation, 'new')
  await world.clock.advance(10_000)
  await carol.send(conversation, 'from Carol')
  await world.clock.advance(10_000)

  assert.deepEqual(await carol.texts(conversation), ['new', 'from Carol'])
  for (const person of [alice, bob, dave])
    assert.deepEqual(await person.texts(conversation), ['old', 'new', 'from Carol'])
  assert.equal(await dave.refusal('message/send', { conversation, body: { kind: 'text', text: 'x' } }), 'not-allowed')
  const joins = (await bob.history(conversation)).flatMap(({ body }) =>
    body.kind === 'room' && body.change === 'joined' ? [`${body.role} ${body.history}`] : [],
  )
  assert.deepEqual(joins, ['member all', 'member from-now', 'read-only all'])
  assert.deepEqual(
    (await carol.history(conversation)).filter(({ body }) => body.kind === 'unreadable'),
    [],
  )
})

test('whoever leaves while nobody is there is heard of later, and has no links then', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await alice.stop()
  await bob.stop()
  await carol.request('room/leave', { conversation })
  await carol.stop()
  await carol.start()
  await alice.start()
  await bob.start()
  await world.clock.advance(120_000)
  for (const person of [alice, bob]) assert.equal((await person.request('room/members', { conversation })).length, 2)
  assert.deepEqual((await carol.request('network/status', {})).links, [])
  await carol.stop()
  await carol.start()
  await world.clock.advance(60_000)
  assert.deepEqual((await carol.request('network/status', {})).peers, [])
})

test('whoever left is heard of by those who stay, also where the first to hear of it never comes back', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await alice.stop()
  await carol.request('room/leave', { conversation })
  await world.clock.advance(10_000)
  assert.equal((await bob.request('room/members', { conversation })).length, 2)
  await bob.stop()
  await carol.stop()
  await carol.start()
  await alice.start()
  await world.clock.advance(120_000)
  assert.equal((await alice.request('room/members', { conversation })).length, 2)
  assert.deepEqual((await carol.request('network/status', {})).links, [])
})

test('roles, handing over, leaving and dissolving', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const bobId = (await bob.identity()).person
  const aliceId = (await alice.identity()).person
  assert.equal(await bob.refusal('room/set', { conversation, title: 'Mine' }), 'not-allowed')
  assert.equal(await alice.refusal('room/leave', { conversation }), 'owner-must-hand-over')
  await alice.request('room/setRole', { conversation, person: bobId, role: 'admin' })
  await world.clock.advance(5_000)
  await bob.request('room/set', { conversation, title: 'Ours' })
  assert.equal(await bob.refusal('room/remove', { conversation, person: aliceId }), 'not-allowed')
  await alice.request('room/setRole', { conversation, person: bobId, role: 'owner' })
  await world.clock.advance(5_000)
  await alice.request('room/leave', { conversation })
  await world.clock.advance(5_000)
  await bob.send(conversation, 'left over')
  await world.clock.advance(5_000)
  assert.equal((await alice.conversation()).room?.state, 'left')
  assert.deepEqual(await alice.texts(conversation), [])
  assert.deepEqual(await carol.texts(conversation), ['left over'])
  await bob.request('room/dissolve', { conversation })
  await world.clock.advance(5_000)
  assert.equal(
    await carol.refusal('message/send', { conversation, body: { kind: 'text', text: 'x' } }),
    'room-dissolved',
  )
  const changes = (await carol.history(conversation)).flatMap(({ body }) => (body.kind === 'room' ? [body] : []))
  const kinds = changes.map(({ change }: RoomBody) => change)
  assert.deepEqual(
    kinds.filter((change) => change !== 'rekeyed'),
    ['created', 'joined', 'joined', 'role', 'title', 'role', 'left', 'dissolved'],
  )
})

test('mentions are told, and counted apart until they are read', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const { person } = await bob.identity()
  const body = { kind: 'text' as const, text: '@Bob look', mentions: [person] }
  await alice.request('message/send', { conversation, body })
  await alice.send(conversation, 'and all others')
  await world.clock.advance(5_000)

  const seen = await bob.conversation()
  assert.deepEqual([seen.room?.mentions, seen.unread], [1, 2])
  assert.deepEqual([(await carol.conversation()).room?.mentions, (await carol.conversation()).unread], [0, 2])
  const message = (await bob.history(conversation)).find((one) => one.mentionsSelf)
  assert.deepEqual(message?.body, body)
  await bob.stop()
  await bob.start()
  assert.equal((await bob.conversation()).room?.mentions, 1)
  await bob.request('conversation/read', { conversation, upTo: message.id })
  assert.deepEqual([(await bob.conversation()).room?.mentions, (await bob.conversation()).unread], [0, 1])

  const mentionsOf = async (): Promise<unknown> => (await bob.conversation()).room?.mentions
  const edit = async (text: string, mentions: readonly PersonId[]): Promise<void> => {
    const other = (await alice.history(conversation)).at(-1)?.id
    assert.ok(other)
    await alice.request('message/edit', { conversation, message: other, text, mentions })
    await world.clock.advance(5_000)
  }
  await edit('and all others, @Bob', [person])
  assert.equal(await mentionsOf(), 1)
  await bob.stop()
  await bob.start()
  assert.equal(await mentionsOf(), 1)
  await edit('and all others', [])
  assert.equal(await mentionsOf(), 0)
})

test('whoever sees a message knows what it says as soon as its key is there, whichever of the two came first', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const told = new Map<MessageId, Message>()
  for (const name of ['message/added', 'message/changed'] as const)
    bob.chat.on(name, ({ message }) => told.set(message.id, message))
  const { person } = await carol.identity()
  const gone = alice.request('room/remove', { conversation, person })
  await Promise.all([gone, alice.send(conversation, 'first')])
  await alice.send(conversation, 'second')
  await world.clock.advance(5_000)
  const texts = [...told.values()].flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
  assert.deepEqual(texts, ['first', 'second'])
})

test('of a long history that comes at once, every mention is counted, and none that was erased', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const { person } = await bob.identity()
  await bob.stop()
  const body = { kind: 'text' as const, text: '@Bob look', mentions: [person] }
  const mentioning = []
  for (let i = 0; i < 60; i++) {
    if (i % 20 === 0) mentioning.push(await alice.request('message/send', { conversation, body }))
    await alice.send(conversation, `and all others ${i}`)
  }
  const [first] = mentioning
  assert.ok(first)
  await alice.request('message/erase', { conversation, message: first.id })
  await bob.start()
  await world.clock.advance(30_000)
  const { room, unread } = await bob.conversation()
  assert.deepEqual([room?.mentions, unread], [2, 63])
})

test('what is said of the room itself once somebody left is for those who stayed, names and addresses above all', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const { link = '' } = await alice.request('room/invite', { conversation })
  await carol.request('room/leave', { conversation })
  await world.clock.advance(5_000)
  const dave = await world.person('Dave')
  await dave.request('invite/accept', { link })
  await world.clock.advance(5_000)
  const [carolHeld, daveSaid] = [
    await roomLogKeysOnDisk(carol),
    await roomLogOnDisk(alice, (await dave.identity()).device),
  ]
  assert.ok(daveSaid.length > 0 && daveSaid.every((epoch) => !carolHeld.has(epoch)), 'the newcomer joins in secret')

  await dave.request('room/leave', { conversation })
  await world.clock.advance(5_000)
  const bobId = (await bob.identity()).device
  const before = await roomLogOnDisk(alice, bobId)
  await bob.request('identity/rename', { name: 'Robert' })
  await world.clock.advance(5_000)
  const [daveHeld, bobSaid] = [await roomLogKeysOnDisk(dave), (await roomLogOnDisk(alice, bobId)).slice(before.length)]
  assert.ok(bobSaid.length > 0 && bobSaid.every((epoch) => !daveHeld.has(epoch)), 'a new name is told in secret')
})

test('an epoch turns over by age, and nobody misses a message for it', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const rekeys = async (): Promise<number> =>
    (await bob.history(conversation)).filter(({ body }) => body.kind === 'room' && body.change === 'rekeyed').length
  await alice.send(conversation, 'one')
  await world.clock.advance(5_000)
  const before = await rekeys()
  for (const person of people) await person.stop()
  await world.clock.advance(8 * 24 * 60 * 60 * 1000)
  for (const person of people) await person.start()
  await alice.send(conversation, 'two')
  await world.clock.advance(60_000)
  assert.equal(await rekeys(), before + 1)
  assert.deepEqual(await bob.texts(conversation), ['one', 'two'])
})

test('an epoch turns over by use', async () => {
  const world = new RoomWorld()
  const alice = await world.person('Alice')
  const { conversation } = await alice.request('room/create', { title: 'Diary' })
  const rekeys = async (): Promise<number> =>
    (await alice.history(conversation)).filter(({ body }) => body.kind === 'room' && body.change === 'rekeyed').length
  const send = async (count: number): Promise<void> => {
    const body = { kind: 'text', text: 'x' } as const
    const sent = Array.from({ length: count }, () => alice.chat.request('message/send', { conversation, body }))
    await world.settled(Promise.all(sent))
  }
  for (let sent = 0; sent < maxEpochMessages; sent += 1_000) await send(1_000)
  assert.equal(await rekeys(), 0)
  await send(1)
  assert.equal(await rekeys(), 1)
  await send(1_000)
  assert.equal(await rekeys(), 1)
})

test('old keys are destroyed with the messages that they protect, and come back by nothing that is on the disk', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const dayMs = 24 * 60 * 60 * 1000
  const pass = async (days: number): Promise<void> => {
    for (const person of people) await person.stop()
    await world.clock.advance(days * dayMs)
    for (const person of people) await person.start()
    await world.clock.advance(60_000)
  }
  for (const words of ['one', 'two', 'three']) {
    await alice.send(conversation, words)
    await world.clock.advance(5_000)
    await bob.send(conversation, `${words} too`)
    await pass(8)
  }
  await bob.send(conversation, 'four')
  await world.clock.advance(60_000)
  const all = await keysOnDisk(alice)
  assert.equal(all.size, 4)

  // What is erased soon after may still have to be opened for somebody who was away.
  await alice.stop()
  await eraseOnDisk(alice, conversation, 4)
  await alice.start()
  await world.clock.advance(60_000)
  assert.deepEqual(await keysOnDisk(alice), all)

  await pass(40)
  const left = await keysOnDisk(alice)
  assert.equal(left.size, 2, 'the keys of what was erased are gone, the others are not')
  assert.deepEqual(await alice.texts(conversation), ['three', 'three too', 'four'])
  assert.deepEqual(await keysOnDisk(bob), all)
  await pass(1)
  assert.deepEqual(await keysOnDisk(alice), left)
  await alice.send(conversation, 'five')
  await world.clock.advance(60_000)
  assert.deepEqual((await bob.texts(conversation)).slice(-2), ['four', 'five'])
  for (const person of people) assert.deepEqual(person.complaints, [])
})

test('who of the members comes and goes is told', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob] = people
  const told: string[] = []
  alice.chat.on('room/membersChanged', (event) => {
    if (event.conversation !== conversation) return
    const there = event.members.filter(({ online, isSelf }) => online && !isSelf)
    told.push(there.map(({ name }) => name).join())
  })
  await bob.stop()
  await world.clock.advance(10_000)
  assert.equal(told.at(-1), 'Carol')
  await bob.start()
  await world.clock.advance(60_000)
  assert.equal(told.at(-1), 'Bob,Carol')
})

test('who of the members became a contact, and was verified, is told', async () => {
  const world = new RoomWorld()
  const { people } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  const { person } = await bob.identity()
  const told: string[] = []
  alice.chat.on('room/membersChanged', ({ members }) => {
    const member = members.find((one) => one.person === person)
    told.push(
      `${member?.isContact === true ? 'contact' : 'stranger'}, ${member?.verified === true ? '' : 'not '}verified`,
    )
  })
  await world.befriend(alice, bob)
  assert.equal(told.at(-1), 'contact, not verified')
  await alice.request('safety/verify', { person, verified: true })
  assert.equal(told.at(-1), 'contact, verified')
})

test('a new name is told in the room', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob')
  const [alice, bob] = people
  await bob.request('identity/rename', { name: 'Robert' })
  await world.clock.advance(5_000)
  const names = (await alice.request('room/members', { conversation })).map(({ name }) => name)
  assert.deepEqual(names, ['Alice', 'Robert'])
})
