import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventRow, RecordKind } from '../../../src/core/ports/store.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { changeRow, flip, flipRecord } from './harm.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const written = ['one', 'two', 'three', 'four', 'five', 'six']

/** Two people who have written to each other and know that the other side has it all. */
async function talk(): Promise<{
  world: World
  alice: SimulatedPerson
  bob: SimulatedPerson
  conversation: ConversationId
}> {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  for (const [i, words] of written.entries()) {
    await (i % 2 === 0 ? alice : bob).send(conversation, words)
    await world.clock.advance(1_000)
  }
  return { world, alice, bob, conversation }
}

/** Everything is there again, once, nothing was reset in silence, and both can go on. */
async function assertMended(
  { world, alice, bob, conversation }: Awaited<ReturnType<typeof talk>>,
  cause = 'damaged',
): Promise<void> {
  assert.equal((await alice.request('store/state', {})).repair?.cause, cause)
  assert.equal(alice.setAside.length, 1)
  for (const person of [alice, bob]) await person.request('network/retry', {})
  await world.linked(alice, bob, 10 * 60_000)
  await world.clock.advance(5_000)
  assert.deepEqual(await alice.texts(conversation), written)
  await alice.send(conversation, 'from Alice')
  await world.clock.advance(1_000)
  await bob.send(conversation, 'from Bob')
  await world.clock.advance(2_000)
  for (const person of [alice, bob])
    assert.deepEqual(await person.texts(conversation), [...written, 'from Alice', 'from Bob'])
  assert.ok(!(await bob.notices(conversation)).includes('conflicting-history'))
}

for (const [what, change] of [
  ['sealed bytes', (row: EventRow) => ({ ...row, sealed: flip(row.sealed, 40) })],
  ['id', (row: EventRow) => ({ ...row, id: flip(row.id, 31) })],
  ['clock', (row: EventRow) => ({ ...row, clock: row.clock + 1 })],
] as const)
  for (const whose of ['own', 'other'] as const)
    test(`a row whose ${what} went bad is found, kept aside, and fetched again: in the ${whose} log`, async () => {
      const talked = await talk()
      const { world, alice } = talked
      const own = [...alice.disk.logs.keys()].filter((log) => log > 0).sort((a, b) => a - b)
      const log = whose === 'own' ? own[0] : own[1]
      changeRow(alice.disk, (row) => row.log === log && row.seq === 2, change)
      await world.clock.advance(120_000)
      await assertMended(talked)
    })

test('a notice whose id went bad is found and left out: its order among the messages would be another', async () => {
  const talked = await talk()
  const { world, alice, conversation } = talked
  changeRow(
    alice.disk,
    (row) => row.log < 0,
    (row) => ({ ...row, id: flip(row.id, 3) }),
  )
  await world.clock.advance(120_000)
  assert.deepEqual(await alice.notices(conversation), [])
  await assertMended(talked)
})

test('a row that is gone although its log says that it is there is found and fetched again', async () => {
  const talked = await talk()
  const { world, alice } = talked
  for (const [number, rows] of alice.disk.conversations)
    alice.disk.conversations.set(
      number,
      rows.filter(({ event }) => event.log < 0 || event.seq !== 2),
    )
  await world.clock.advance(120_000)
  await assertMended(talked)
})

for (const kind of ['conversation', 'log', 'epoch', 'contact', 'ack', 'setting'] satisfies RecordKind[])
  test(`a damaged ${kind} record is found at the start, and what it held comes back`, async () => {
    const talked = await talk()
    const { alice } = talked
    await alice.stop()
    flipRecord(alice.disk, kind)
    await alice.start()
    await assertMended(talked)
  })

test('a record whose kind went bad is found at the start, and one of a kind of a later version is left alone', async () => {
  const talked = await talk()
  const { alice } = talked
  await alice.stop()
  const unknown = 'later' as RecordKind
  alice.disk.records.set(unknown, new Map([['00', { id: new Uint8Array([1]), sealed: new Uint8Array(64) }]]))
  await alice.start()
  assert.deepEqual(await alice.request('store/state', {}), {})
  await alice.stop()
  const contacts = alice.disk.records.get('contact')
  assert.ok(contacts !== undefined)
  alice.disk.records.delete('contact')
  alice.disk.records.set('contacu' as RecordKind, contacts)
  await alice.start()
  await assertMended(talked)
})

test('a sound store is looked through and left alone', async () => {
  const { world, alice, conversation } = await talk()
  await alice.send(conversation, 'more')
  await world.clock.advance(25 * 60 * 60 * 1000)
  assert.deepEqual(await alice.request('store/state', {}), {})
  assert.deepEqual(alice.setAside, [])
  assert.deepEqual(alice.complaints, [])
})
