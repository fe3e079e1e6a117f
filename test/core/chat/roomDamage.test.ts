import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventRow, RecordKind } from '../../../src/core/ports/store.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { count } from '../../record/tally.ts'
import { changeRow, flip, flipRecord } from './harm.ts'
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
  for (const one of others) await one.start()
  await world.clock.advance(10 * 60_000)
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
