import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparisonLastsMs } from '../../../src/core/safety/comparisons.ts'
import type { PersonId } from '../../../src/shared/ids.ts'
import type { Comparison } from '../../../src/shared/safety.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

interface Side {
  readonly one: SimulatedPerson
  readonly other: PersonId
  readonly told: Comparison[]
}

async function sides(): Promise<{ world: World; a: Side; b: Side }> {
  const world = new World()
  const { alice, bob } = await world.pair()
  const side = async (one: SimulatedPerson, peer: SimulatedPerson): Promise<Side> => {
    const told: Comparison[] = []
    one.chat.on('safety/changed', ({ comparison }) => told.push(comparison))
    return { one, other: (await peer.identity()).person, told }
  }
  return { world, a: await side(alice, bob), b: await side(bob, alice) }
}

const now = async ({ one, other }: Side): Promise<Comparison | null> =>
  (await one.request('safety/comparison', { person: other })).comparison

const start = ({ one, other }: Side): Promise<{ comparison: Comparison }> =>
  one.request('safety/compare', { person: other })

test('two people compare live, and each has the other verified', async () => {
  const { world, a, b } = await sides()
  assert.equal(await now(a), null)
  assert.deepEqual((await start(a)).comparison, { kind: 'started' })
  await world.clock.advance(200)
  assert.deepEqual(b.told, [{ kind: 'asked' }])
  await start(b)
  await world.clock.advance(200)
  const [seenByA, seenByB] = [await now(a), await now(b)]
  assert.equal(seenByA?.kind, 'shown')
  assert.deepEqual(seenByA, seenByB)
  await a.one.request('safety/judge', { person: a.other, verdict: 'same' })
  await world.clock.advance(200)
  for (const { one } of [a, b]) assert.equal((await one.conversation()).members[0]?.verified, false)
  await b.one.request('safety/judge', { person: b.other, verdict: 'same' })
  await world.clock.advance(200)
  for (const side of [a, b]) {
    assert.deepEqual(await now(side), { kind: 'ended', outcome: 'same' })
    const conversation = await side.one.conversation()
    assert.equal(conversation.members[0]?.verified, true)
    assert.deepEqual(await side.one.notices(conversation.id), ['contact-added', 'verified'])
    assert.deepEqual(side.one.complaints, [])
  }
})

test('each comparison has emoji of its own', async () => {
  const { world, a, b } = await sides()
  const seen: string[] = []
  for (let round = 0; round < 3; round++) {
    await start(a)
    await start(b)
    await world.clock.advance(200)
    seen.push(JSON.stringify(await now(a)))
    await a.one.request('safety/judge', { person: a.other, verdict: 'different' })
    await world.clock.advance(200)
    for (const side of [a, b]) assert.deepEqual(await now(side), { kind: 'ended', outcome: 'different' })
  }
  assert.equal(new Set(seen).size, 3)
  assert.equal((await a.one.conversation()).members[0]?.verified, false)
})

test('it ends with the link, and is late when nobody goes on', async () => {
  const { world, a, b } = await sides()
  await start(a)
  await world.clock.advance(comparisonLastsMs + 1_000)
  assert.deepEqual(await now(a), { kind: 'ended', outcome: 'late' })
  assert.deepEqual((await now(b))?.kind, 'ended')

  await start(a)
  await start(b)
  await world.clock.advance(200)
  await b.one.stop()
  await world.clock.advance(1_000)
  assert.deepEqual(await now(a), { kind: 'ended', outcome: 'lost' })
  assert.equal(await a.one.refusal('safety/compare', { person: a.other }), 'not-linked')
})

test('only contacts compare, and what nobody has begun cannot be judged', async () => {
  const { a } = await sides()
  const person = 'ab'.repeat(32) as PersonId
  assert.equal(await a.one.refusal('safety/compare', { person }), 'unknown-person')
  assert.deepEqual(await a.one.request('safety/judge', { person: a.other, verdict: 'same' }), { comparison: null })
})

test('the code that one side shows is the one that the other side expects', async () => {
  const { a, b } = await sides()
  const { code } = await a.one.request('safety/number', { person: a.other })
  assert.deepEqual(await b.one.request('safety/scan', { person: b.other, code }), { outcome: 'same' })
  assert.deepEqual(await a.one.request('safety/scan', { person: a.other, code }), { outcome: 'different' })
  assert.deepEqual(await a.one.request('safety/scan', { person: a.other, code: 'no code' }), { outcome: 'unreadable' })
})
