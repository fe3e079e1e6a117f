/** Somebody who sends letters without end: questions, offers, introductions, and answers that nobody waits for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Introduction } from '../../../src/core/invite/introduction.ts'
import { introductionOf } from '../../../src/core/invite/introduction.ts'
import { encodeLetter, type Letter } from '../../../src/core/letter/letter.ts'
import type { Frame } from '../../../src/core/link/frame.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { heldBytes } from '../fuzz/heldBytes.ts'
import { sampleIntroduction } from '../link/samplePeers.ts'
import { countWork, flood } from './flood.ts'
import { Insider } from './insider.ts'
import { RoomWorld } from './roomWorld.ts'

interface Given {
  readonly random: SeededRandom
  readonly self: Introduction
}
const key = new Uint8Array(32).fill(6)
const others = [50, 51, 52].map((seed) => sampleIntroduction(seed))
const fresh = ({ random }: Given): Uint8Array => random.bytes(32)
const freshRequest = ({ random }: Given): Uint8Array => random.bytes(16)
const offerOf = (room: Uint8Array, invite: Uint8Array): Letter => ({
  type: 'offer',
  offer: {
    ...{ room, invite, title: 'Come in', topic: '', memberCount: 2 },
    ...{ role: 'member', history: 'all', expiresAt: 1_999_999_999_999 },
  },
})

const letters: readonly (readonly [string, (i: number, given: Given) => Letter])[] = [
  [
    'questions to become contacts',
    (_, given) => ({ type: 'ask', request: freshRequest(given), room: key, introduction: given.self }),
  ],
  [
    'questions in the name of others',
    (i, given) => ({
      type: 'ask',
      request: freshRequest(given),
      room: key,
      introduction: others[i % others.length] as Introduction,
    }),
  ],
  ['answers that nobody asked for', (_, given) => ({ type: 'reply', request: freshRequest(given) })],
  ['offers of rooms', (_, given) => offerOf(fresh(given), fresh(given))],
  [
    'offers of rooms, each taken back at once',
    (i, { random }) => {
      const invite = new SeededRandom(i >> 1).bytes(32)
      return i % 2 === 0 ? offerOf(random.bytes(32), invite) : { type: 'withdraw', invite }
    },
  ],
  ['answers to offers', (_, given) => ({ type: 'answer', invite: fresh(given), accept: true })],
  ['welcomes into rooms', () => ({ type: 'welcome', welcome: new Uint8Array(400) })],
  [
    'introductions',
    (_, given) => ({ type: 'introduce', request: freshRequest(given), introduced: fresh(given), name: 'Somebody' }),
  ],
  ['consent to introductions', (_, given) => ({ type: 'consent', request: freshRequest(given), accept: true })],
  [
    'addresses of people',
    (_, given) => ({ type: 'introduced', request: freshRequest(given), introduction: given.self }),
  ],
  ['questions for lost rooms', (_, given) => ({ type: 'lost', token: fresh(given) })],
  ['rooms that nobody lost', () => ({ type: 'regain', welcome: new Uint8Array(400) })],
]

/** What a person may be made to look at by one other. */
const mostShown = 16
/** The burst, once for all links, and one a second. */
const mostTaken = 256 + 30

for (const [what, make] of letters)
  test(`a contact who floods with ${what} is cut off, gets no more by calling again, and is pointed out once`, async () => {
    const world = new RoomWorld()
    const { alice, bob, conversation } = await world.pair()
    const carol = await world.person('Carol')
    const other = await world.befriend(alice, carol)
    let commits = 0
    let drawn = 0
    alice.stores.onCommit = () => commits++
    for (const name of ['room/offersChanged', 'contact/requestsChanged', 'conversation/changed'] as const)
      alice.chat.on(name, () => drawn++)
    const store = alice.stores.store ?? assert.fail()
    const work = countWork(store)
    const random = new SeededRandom(4)
    const recordsBefore = [...alice.disk.records.values()].reduce((sum, { size }) => sum + size, 0)
    const heldBefore = heldBytes()
    for (let call = 0; call < 3; call++) {
      const insider = await Insider.takeOver(world, bob, alice)
      const self = introductionOf(insider.account, world.clock.now())
      const frame = (i: number): Frame => ({ type: 'letter', body: encodeLetter(make(i, { random, self })) })
      await flood(world, insider, 4_000, frame, 50)
      assert.equal(insider.link.isClosed, true)
      await world.clock.advance(4_000)
    }
    assert.ok(commits <= mostTaken + 40, `${String(commits)} transactions`)
    assert.ok(drawn <= 2 * mostTaken, `${String(drawn)} lists were drawn`)
    assert.ok(work() <= 100 * mostTaken, `the store was asked ${String(work())} times`)
    const records = [...alice.disk.records.values()].reduce((sum, { size }) => sum + size, 0)
    assert.ok(records - recordsBefore <= mostShown + 4, `${String(records - recordsBefore)} more records`)
    assert.ok(heldBytes() - heldBefore < 4 * 1024 * 1024)
    const offers = await alice.request('room/offers', {})
    const requests = await alice.request('contact/requests', {})
    assert.ok(offers.length + requests.length <= mostShown)
    const notices = await alice.notices(conversation)
    assert.equal(notices.filter((notice) => notice === 'flooding').length, 1)

    await carol.send(other, 'can you hear me')
    await world.clock.advance(1_000)
    assert.deepEqual(await alice.texts(other), ['can you hear me'])
    // The places of others are not taken.
    const { conversation: room } = await carol.request('room/create', { title: 'Honest' })
    const { person } = await alice.identity()
    await carol.request('room/invite', { conversation: room, person })
    await world.clock.advance(1_000)
    assert.ok((await alice.request('room/offers', {})).some(({ title }) => title === 'Honest'))
    assert.deepEqual(
      alice.log.entries.filter(({ level }) => level === 'error'),
      [],
    )
  })

test('a member of a room who is no contact, and floods with letters, is cut off and pointed out in the room', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const insider = await Insider.takeOver(world, bob, alice)
  const body = encodeLetter({
    type: 'ask',
    request: new Uint8Array(16),
    room: key,
    introduction: sampleIntroduction(9),
  })
  await flood(world, insider, 4_000, () => ({ type: 'letter', body }), 50)
  assert.equal(insider.link.isClosed, true)
  assert.deepEqual((await alice.notices(conversation)).filter((notice) => notice === 'flooding').length, 1)
  await carol.send(conversation, 'still here')
  await world.clock.advance(1_000)
  assert.ok((await alice.texts(conversation)).includes('still here'))
})
