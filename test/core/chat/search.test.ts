import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { RoomWorld } from './roomWorld.ts'
import { World } from './world.ts'

const day = 86_400_000

/** The texts that a complete search finds, the newest first. */
async function found(person: SimulatedPerson, query: string, conversation?: ConversationId): Promise<string[]> {
  const { hits } = await person.request('search/messages', {
    query,
    limit: 100,
    complete: true,
    ...(conversation && { conversation }),
  })
  return hits.map(({ message: { body } }) => ('text' in body ? body.text : ''))
}

test('finds what both sides said, from whom, where and when, and marks it', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'The release is on Friday')
  world.clock.shiftWallClock(day)
  await bob.send(conversation, 'Which release? https://example.org/release')
  await world.clock.advance(1000)

  for (const person of [alice, bob]) {
    assert.deepEqual(await found(person, 'rele'), [
      'Which release? https://example.org/release',
      'The release is on Friday',
    ])
    assert.deepEqual(await found(person, 'release from:bob has:link'), ['Which release? https://example.org/release'])
    assert.deepEqual(await found(person, 'on:2030-01-15'), ['The release is on Friday'])
    assert.deepEqual(await found(person, 'release after:2030-01-15'), ['Which release? https://example.org/release'])
    assert.deepEqual(await found(person, 'release before:yesterday'), [])
    assert.deepEqual(await found(person, 'from:nobody release'), [])
    assert.deepEqual(await found(person, 'in:nowhere release'), [])
    assert.deepEqual(await found(person, ''), [])
  }
  assert.deepEqual(await found(alice, 'from:me'), ['The release is on Friday'])
  assert.deepEqual(await found(alice, 'in:bob friday '), ['The release is on Friday'])
  const { hits } = await alice.request('search/messages', { query: 'friday', limit: 1, complete: true })
  assert.deepEqual(hits[0]?.ranges, [{ from: 18, to: 24 }])
  assert.equal(
    await alice.refusal('search/messages', { query: 'x', limit: 1, conversation: 'ab'.repeat(32) as ConversationId }),
    'unknown-conversation',
  )
})

test('what is written after the first search is found by the next one', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  assert.deepEqual(await found(bob, 'later'), [])
  await alice.send(conversation, 'later')
  await world.clock.advance(1000)
  assert.deepEqual(await found(bob, 'later'), ['later'])
})

test('pages go on where the one before ended, until everything was found once', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const texts = Array.from({ length: 25 }, (_, i) => `note ${i}`)
  for (const text of texts) await alice.send(conversation, text)
  const pages: string[][] = []
  for (let before: string | undefined; ;) {
    const page = await alice.request('search/messages', {
      query: 'note ',
      limit: 10,
      complete: true,
      ...(before && { before }),
    })
    pages.push(page.hits.map(({ message: { body } }) => ('text' in body ? body.text : '')))
    before = page.next
    if (before === undefined) break
  }
  assert.deepEqual(pages.flat().sort(), [...texts].sort())
  assert.deepEqual(
    pages.map(({ length }) => length),
    [10, 10, 5],
  )
})

test('nothing is held in memory before the first search, nor long after the last, and nothing after the end', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  await alice.send(conversation, 'word')
  assert.equal(alice.indexes.length, 0)
  assert.deepEqual(await found(alice, 'word'), ['word'])
  assert.equal(alice.indexes.length, 1)
  await world.clock.advance(31 * 60 * 1000)
  assert.equal(alice.indexes[0]?.isClosed, true)
  assert.deepEqual(await found(alice, 'word'), ['word'])
  await alice.stop()
  assert.deepEqual(
    alice.indexes.map(({ isClosed }) => isClosed),
    [true, true],
  )
})

test('a place in time is the first message from then on, or the last one', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const at = async (time: number): Promise<string> => {
    const place = await bob.request('conversation/atTime', { conversation, time })
    const message = place && (await bob.request('message/get', { conversation, message: place.message }))
    return message !== null && 'text' in message.body ? message.body.text : ''
  }
  world.clock.shiftWallClock(day)
  for (let i = 0; i < 40; i++) {
    await (i % 3 === 0 ? bob : alice).send(conversation, `day ${i}`)
    await world.clock.advance(200)
    world.clock.shiftWallClock(day)
  }
  const start = alice.added.find(({ body }) => 'text' in body && body.text === 'day 0')?.sentAt ?? 0
  for (const i of [1, 7, 20, 39]) assert.equal(await at(start + i * day - 1000), `day ${i}`)
  assert.equal(await at(start + 100 * day), 'day 39')
  const history = await bob.request('conversation/history', { conversation, limit: 5 })
  const after = await bob.request('conversation/history', {
    conversation,
    after: (history.messages[0] as Message).id,
    limit: 2,
  })
  assert.deepEqual(after.messages, history.messages.slice(1, 3))
  assert.equal(after.hasMore, true)
})

test('what does not count any more is not found any more, by those who had it first either', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  await carol.send(conversation, 'said in time')
  await world.clock.advance(5_000)
  world.network.partition([alice.transport], [bob.transport, carol.transport])
  const { person } = await carol.identity()
  await alice.request('room/remove', { conversation, person })
  await carol.send(conversation, 'said too late')
  await world.clock.advance(30_000)
  assert.deepEqual(await found(bob, 'said '), ['said too late', 'said in time'])
  world.network.heal()
  await world.clock.advance(120_000)
  assert.deepEqual(await bob.texts(conversation), ['said in time'])
  assert.deepEqual(await found(bob, 'said '), ['said in time'])
  assert.equal(bob.indexes.at(-1)?.size, 1)
  assert.deepEqual(await found(alice, 'from:carol in:team'), ['said in time'])
})

test('a changed text is found by its new words alone, and what was taken back or hidden by none, in the same moment', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const texts = ['the first kettle', 'the second kettle', 'the third kettle']
  const ids = []
  for (const text of texts) ids.push((await alice.send(conversation, text)).id)
  const [first, second, third] = ids as [MessageId, MessageId, MessageId]
  await world.clock.advance(1_000)
  for (const person of [alice, bob]) assert.equal((await found(person, 'kettle')).length, 3)

  await alice.request('message/edit', { conversation, message: first, text: 'the first teapot' })
  await alice.request('message/erase', { conversation, message: second })
  await world.clock.advance(2_000)
  await bob.request('message/hide', { conversation, messages: [third] })
  assert.deepEqual(await found(alice, 'kettle'), ['the third kettle'])
  assert.deepEqual(await found(bob, 'kettle'), [])
  for (const person of [alice, bob]) assert.deepEqual(await found(person, 'teapot'), ['the first teapot'])
  assert.deepEqual(
    [alice, bob].map(({ indexes }) => indexes.at(-1)?.size),
    [2, 1],
  )
})
