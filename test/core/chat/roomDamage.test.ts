import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventRow, RecordKind } from '../../../src/core/ports/store.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { count } from '../../record/tally.ts'
import { encodeLetter } from '../../../src/core/letter/letter.ts'
import { writeWelcome } from '../../../src/core/rooms/roomWelcome.ts'
import { changeRow, flip, flipRecord } from './harm.ts'
import { Insider } from './insider.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

interface Talked {
  readonly world: RoomWorld
  readonly people: readonly SimulatedPerson[]
  readonly conversation: ConversationId
}

const written = ['one', 'two', 'three']

/** Alice, who founded a room, and Bob and Carol, who came by her links; all have written in it. */
async function talk(): Promise<Talked> {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  for (const [i, words] of written.entries()) {
    await people[i % people.length]?.send(conversation, words)
    await world.clock.advance(1_000)
  }
  await people[0].request('room/set', { conversation, topic: 'All of it' })
  await world.clock.advance(5_000)
  return { world, people, conversation }
}

/** The room is whole again for the one whose disk was harmed, and all go on in it. */
async function assertMended({ world, people, conversation }: Talked, harmed: SimulatedPerson): Promise<void> {
  assert.equal((await harmed.request('store/state', {})).repair?.cause, 'damaged')
  count({ badInputs: 1 })
  for (const one of people) await one.request('network/retry', {})
  await world.clock.advance(10 * 60_000)
  for (const [i, one] of people.entries()) {
    await one.send(conversation, `after the damage ${String(i)}`)
    await world.clock.advance(60_000)
  }
  const [first] = people
  const members = (await first?.request('room/members', { conversation }))?.map(({ person }) => person)
  assert.equal(members?.length, people.length)
  for (const one of people) {
    const room = (await one.request('conversation/list', {})).find(({ id }) => id === conversation)
    assert.deepEqual([room?.title, room?.room?.topic, room?.room?.state], ['Team', 'All of it', 'active'])
    assert.deepEqual(
      (await one.request('room/members', { conversation })).map(({ person }) => person),
      members,
    )
    assert.deepEqual(
      await one.texts(conversation),
      [...written, ...people.map((_, i) => `after the damage ${String(i)}`)],
      `as ${(await one.identity()).name} reads it`,
    )
  }
}

/** The numbers of a person's logs of a kind, as they were made: the room log's, or those of messages. */
function rowsOf(person: SimulatedPerson, conversation: number): EventRow[] {
  return (person.disk.conversations.get(conversation) ?? []).map(({ event }) => event)
}

/** The conversation numbers on a disk: the room log comes before its messages. */
function roomLogNumber(person: SimulatedPerson): number {
  return Math.min(...[...person.disk.conversations.keys()].filter((number) => number > 0))
}

for (const [whose, index] of [
  ['its founder', 0],
  ['somebody who joined', 1],
] as const)
  for (const [what, choose] of [
    ['first', (rows: readonly EventRow[]) => rows[0]],
    ['middle', (rows: readonly EventRow[]) => rows[Math.floor(rows.length / 2)]],
    ['last', (rows: readonly EventRow[]) => rows.at(-1)],
  ] as const)
    for (const moment of ['while it runs', 'before it starts'] as const)
      test(`the ${what} row of a room log that went bad ${moment} is found and given back by the others: on the disk of ${whose}`, async () => {
        const talked = await talk()
        const { world, people } = talked
        const harmed = people[index] ?? assert.fail()
        const row = choose(rowsOf(harmed, roomLogNumber(harmed)))
        if (moment === 'before it starts') await harmed.stop()
        changeRow(
          harmed.disk,
          (other) => other.log === row?.log && other.seq === row.seq,
          (other) => ({ ...other, sealed: flip(other.sealed, 40) }),
        )
        if (moment === 'before it starts') await harmed.start()
        else await world.clock.advance(120_000)
        await assertMended(talked, harmed)
      })

for (const kind of ['conversation', 'log', 'ack', 'setting'] satisfies RecordKind[])
  test(`a damaged ${kind} record costs nobody the room`, async () => {
    const talked = await talk()
    const harmed = talked.people[1] ?? assert.fail()
    await harmed.stop()
    flipRecord(harmed.disk, kind)
    await harmed.start()
    await assertMended(talked, harmed)
  })

/** The same as `talk`, where Alice and Bob are contacts as well. */
async function talkToContact(): Promise<Talked> {
  const talked = await talk()
  const [alice, bob] = talked.people as [SimulatedPerson, SimulatedPerson]
  await talked.world.befriend(alice, bob)
  return talked
}

/** Damages every record of some kinds, or the one at a place. */
function flipRecords(person: SimulatedPerson, kinds: readonly RecordKind[], at?: number): void {
  for (const kind of kinds) {
    const records = person.disk.records.get(kind) ?? assert.fail(`no ${kind} record`)
    for (const [i, [key, { id, sealed }]] of [...records].entries())
      if (at === undefined || i === at) records.set(key, { id, sealed: flip(sealed, 30) })
  }
}

for (const [what, kinds] of [
  ['own record', ['room']],
  ['keys', ['room-key']],
  ['own record and keys', ['room', 'room-key']],
] satisfies [string, RecordKind[]][])
  for (const [whose, index] of [
    ['its founder', 0],
    ['somebody who joined', 1],
  ] as const)
    test(`a room whose ${what} went bad comes back from a contact who is in it: on the disk of ${whose}`, async () => {
      const talked = await talkToContact()
      const harmed = talked.people[index] ?? assert.fail()
      await harmed.stop()
      flipRecords(harmed, kinds)
      await harmed.start()
      assert.equal((await harmed.request('store/state', {})).repair?.lostRooms, 1)
      await assertMended(talked, harmed)
    })

test('a room of which any one key went bad is whole again', async () => {
  for (let at = 0; ; at++) {
    const talked = await talkToContact()
    const harmed = talked.people[1] ?? assert.fail()
    await harmed.stop()
    if (at >= (harmed.disk.records.get('room-key')?.size ?? 0)) break
    flipRecords(harmed, ['room-key'], at)
    await harmed.start()
    await assertMended(talked, harmed)
  }
})

test('who was told nothing of before it joined is told nothing more when its room comes back', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice')
  const [alice] = people
  await alice.send(conversation, 'before Bob')
  const bob = await world.person('Bob')
  await world.befriend(alice, bob)
  await world.join(alice, bob, conversation, { history: 'from-now' })
  await alice.send(conversation, 'since Bob')
  await world.clock.advance(5_000)
  assert.deepEqual(await bob.texts(conversation), ['since Bob'])
  await bob.stop()
  flipRecords(bob, ['room', 'room-key'])
  await bob.start()
  await world.clock.advance(10 * 60_000)
  await bob.send(conversation, 'here again')
  await world.clock.advance(60_000)
  for (const one of [alice, bob]) await one.send(conversation, `once more ${(await one.identity()).name}`)
  await world.clock.advance(60_000)
  const rest = ['since Bob', 'here again', 'once more Alice', 'once more Bob']
  assert.deepEqual(await bob.texts(conversation), rest)
  assert.deepEqual(await alice.texts(conversation), ['before Bob', ...rest])
  const unreadable = (await bob.history(conversation)).filter(({ body }) => body.kind === 'unreadable')
  assert.deepEqual(unreadable, [])
})

test('who was removed gets no room back, and who is in it with nobody it knows is told what helps', async () => {
  const talked = await talkToContact()
  const { world, people, conversation } = talked
  const [alice, bob] = people as [SimulatedPerson, SimulatedPerson]
  const { person: bobId } = await bob.identity()
  await bob.stop()
  await alice.request('room/remove', { conversation, person: bobId })
  flipRecords(bob, ['room', 'room-key'])
  await bob.start()
  await world.clock.advance(10 * 60_000)
  assert.equal((await bob.request('store/state', {})).repair?.lostRooms, 1)
  assert.ok((await bob.request('conversation/list', {})).every(({ kind }) => kind === 'direct'))
  // The way out that the view names: whoever was removed may be invited again.
  await world.join(alice, bob, conversation)
  await bob.send(conversation, 'invited again')
  await world.clock.advance(60_000)
  assert.ok((await alice.texts(conversation)).includes('invited again'))
})

test('a contact cannot put anybody into a room by giving back what nobody asked for', async () => {
  const world = new RoomWorld()
  const { alice, bob } = await world.pair()
  const insider = await Insider.takeOver(world, bob, alice)
  const welcome = writeWelcome({
    room: new Uint8Array(32).fill(7),
    secret: new Uint8Array(32).fill(8),
    title: 'Come in',
    invite: new Uint8Array(32).fill(9),
    clock: 1,
    keys: [{ kind: 'whole', bytes: new Uint8Array(32).fill(1) }],
    floors: [],
    members: [],
  })
  insider.link.send({ type: 'letter', body: encodeLetter({ type: 'regain', welcome }) })
  insider.link.send({ type: 'letter', body: encodeLetter({ type: 'lost', token: new Uint8Array(32).fill(7) }) })
  await world.clock.advance(5_000)
  count({ badInputs: 2 })
  assert.equal((await alice.request('conversation/list', {})).length, 1)
  assert.equal(insider.received.filter(({ type }) => type === 'letter').length, 0)
  assert.deepEqual(alice.complaints, [])
})

test('until another member is there, nothing is said in a room that is not known whole', async () => {
  const { world, people, conversation } = await talk()
  const [alice, ...others] = people
  assert.ok(alice !== undefined)
  for (const one of others) await one.stop()
  await alice.stop()
  const row = rowsOf(alice, roomLogNumber(alice)).at(-1)
  changeRow(
    alice.disk,
    (other) => other.log === row?.log && other.seq === row.seq,
    (other) => ({ ...other, sealed: flip(other.sealed, 40) }),
  )
  await alice.start()
  count({ badInputs: 1 })
  assert.equal(await alice.refusal('room/set', { conversation, title: 'Said too early' }), 'room-incomplete')
  const body = { kind: 'text', text: 'said too early' } as const
  assert.equal(await alice.refusal('message/send', { conversation, body }), 'room-incomplete')
  const isShownIncomplete = async (): Promise<boolean | undefined> =>
    (await alice.request('conversation/list', {})).find(({ id }) => id === conversation)?.room?.isIncomplete
  assert.equal(await isShownIncomplete(), true)
  for (const one of others) await one.start()
  await world.clock.advance(10 * 60_000)
  assert.equal(await isShownIncomplete(), undefined)
  await alice.request('room/set', { conversation, title: 'Said in time' })
  await alice.send(conversation, 'said in time')
  await world.clock.advance(60_000)
  for (const one of people) {
    assert.deepEqual(await one.texts(conversation), [...written, 'said in time'])
    const view = (await one.request('conversation/list', {})).find(({ id }) => id === conversation)
    assert.deepEqual([view?.title, view?.room?.topic], ['Said in time', 'All of it'])
  }
})

test('rows of a room log that are gone although its logs say that they are there are found and given back', async () => {
  const talked = await talk()
  const harmed = talked.people[1] ?? assert.fail()
  await harmed.stop()
  const number = roomLogNumber(harmed)
  const [row] = rowsOf(harmed, number)
  harmed.disk.logs.get(row?.log ?? 0)?.delete(row?.seq ?? 0)
  harmed.disk.conversations.set(number, (harmed.disk.conversations.get(number) ?? []).slice(1))
  await harmed.start()
  await assertMended(talked, harmed)
})
