import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, InviteId } from '../../../src/shared/ids.ts'
import type { JoinFailure, PendingJoin } from '../../../src/shared/service.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const hourMs = 60 * 60 * 1000

async function invite(
  inviter: SimulatedPerson,
  options: { autoAccept?: boolean; expiresInMs?: number } = {},
): Promise<{ invite: InviteId; link: string }> {
  return inviter.request('invite/create', { kind: 'contact', ...options })
}

async function joinOf(joiner: SimulatedPerson): Promise<PendingJoin> {
  const { joins } = await joiner.request('invite/list', {})
  assert.equal(joins.length, 1)
  return joins[0] as PendingJoin
}

async function inviteState(inviter: SimulatedPerson, id: InviteId): Promise<string | undefined> {
  const { own } = await inviter.request('invite/list', {})
  return own.find(({ invite: other }) => other === id)?.state
}

/** Restarts both: what they have said is still there, and they go on. */
async function assertLasting(world: World, people: readonly [SimulatedPerson, SimulatedPerson]): Promise<void> {
  const [a, b] = people
  const id = await assertChatting(world, a, b)
  const before = await a.texts(id)
  for (const person of people) {
    await person.stop()
    await person.start()
    assert.deepEqual(await person.texts(id), before)
  }
  await assertChatting(world, a, b)
}

/** Both can write to each other, and hold one conversation each. */
async function assertChatting(world: World, a: SimulatedPerson, b: SimulatedPerson): Promise<ConversationId> {
  await world.linked(a, b, 10 * 60_000)
  await world.clock.advance(1_000)
  const { id } = await a.conversation()
  assert.equal((await b.conversation()).id, id)
  const [before, other] = [await a.texts(id), await b.texts(id)]
  assert.deepEqual(other, before)
  await a.send(id, 'ping')
  await world.clock.advance(1_000)
  await b.send(id, 'pong')
  await world.clock.advance(1_000)
  for (const person of [a, b]) assert.deepEqual(await person.texts(id), [...before, 'ping', 'pong'])
  assert.equal(await a.state(id, 'ping'), 'delivered')
  assert.equal(await b.state(id, 'pong'), 'delivered')
  return id
}

test('the inviter sees the name of the one who joins, confirms, and both are contacts', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { invite: id, link } = await invite(alice)
  const joining = alice.next('invite/joining')

  assert.equal((await bob.request('invite/accept', { link })).state, 'waiting')
  assert.deepEqual(await joining, { invite: id, person: (await bob.identity()).person, name: 'Bob' })
  assert.equal((await joinOf(bob)).state, 'waiting-for-answer')
  assert.equal(await inviteState(alice, id), 'joining')
  assert.deepEqual(await alice.request('conversation/list', {}), [])

  const joined = bob.next('invite/changed', ({ join }) => join?.state === 'joined')
  const { conversation } = await alice.request('invite/confirm', { invite: id, accept: true })
  assert.equal((await world.settled(joined)).conversation, conversation)
  assert.equal(await inviteState(alice, id), 'used')
  assert.equal(await assertChatting(world, alice, bob), conversation)
  assert.deepEqual(await alice.notices(conversation as ConversationId), ['contact-added'])
  assert.deepEqual(await bob.notices(conversation as ConversationId), ['contact-added'])
  for (const person of [alice, bob]) assert.deepEqual(person.complaints, [])
})

test('an inviter who declines is no contact, and the joiner is told', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { invite: id, link } = await invite(alice)
  await bob.request('invite/accept', { link })

  assert.deepEqual(await alice.request('invite/confirm', { invite: id, accept: false }), {})
  await world.clock.advance(1_000)
  const { state, reason } = await joinOf(bob)
  assert.deepEqual({ state, reason }, { state: 'failed', reason: 'invite-refused' })
  assert.equal(await bob.refusal('invite/accept', { link }), 'invite-refused')
  assert.equal(await alice.refusal('invite/confirm', { invite: id, accept: true }), 'invite-not-joining')
  for (const person of [alice, bob]) assert.deepEqual(await person.request('conversation/list', {}), [])
})

test('confirming twice at once makes one conversation, with one set of keys', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { invite: id, link } = await invite(alice)
  await bob.request('invite/accept', { link })

  const answers = await world.settled(
    Promise.allSettled([1, 2].map(() => alice.chat.request('invite/confirm', { invite: id, accept: true }))),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  await assertLasting(world, [alice, bob])
})

test('following one link twice at once gives both the answer', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice)
  await alice.stop()

  const answers = await world.settled(Promise.all([1, 2].map(() => bob.chat.request('invite/accept', { link }))))
  assert.deepEqual(
    answers.map(({ state }) => state),
    ['waiting', 'waiting'],
  )
  assert.equal(answers[0]?.join, answers[1]?.join)
  const again = await world.settled(Promise.all([1, 2].map(() => bob.chat.request('invite/accept', { link }))))
  assert.deepEqual(again, answers)
  assert.equal((await bob.request('invite/list', {})).joins.length, 1)
})

test('an invite made while the node still starts works', async () => {
  const world = new World()
  const alice = await world.newcomer()
  const start = alice.transport.start.bind(alice.transport)
  alice.transport.start = () => new Promise((resolve) => world.clock.after(500, () => void start().then(resolve)))
  await alice.request('identity/create', { name: 'Alice' })
  const { link, invite: id } = await invite(alice)
  await world.clock.advance(1_000)

  const bob = await world.person('Bob')
  await bob.request('invite/accept', { link })
  assert.equal(await inviteState(alice, id), 'joining')
  await alice.request('invite/confirm', { invite: id, accept: true })
  await assertChatting(world, alice, bob)
  assert.deepEqual(alice.complaints, [])
})

test('a join that is not finished is listed, and can be given up, while the node still starts', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const links = [await invite(alice, { autoAccept: true }), await invite(alice, { autoAccept: true })]
  await alice.stop()
  for (const { link } of links) await bob.request('invite/accept', { link })
  await bob.stop()
  const createTransport = world.network.createTransport.bind(world.network)
  world.network.createTransport = () =>
    Object.assign(createTransport(), { start: () => new Promise<void>(() => undefined) })
  await bob.start()
  const [first, second] = (await bob.request('invite/list', {})).joins
  assert.deepEqual([first?.state, second?.state], ['unreachable', 'unreachable'])
  await bob.request('invite/abandon', { join: first?.join ?? '' })
  assert.deepEqual((await bob.request('invite/list', {})).joins, [second])
})

test('a joiner waits for an inviter who is offline, and joins when it comes', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice, { autoAccept: true })
  await alice.stop()
  await world.clock.advance(1_000)

  const told = bob.next('invite/changed', ({ join }) => join?.state === 'unreachable')
  const { state, join } = await bob.request('invite/accept', { link })
  assert.equal(state, 'waiting')
  // Whoever lists what waits hears of it by itself.
  assert.equal((await world.settled(told)).join?.join, join)
  assert.equal((await joinOf(bob)).state, 'unreachable')
  await world.clock.advance(hourMs)
  assert.equal((await joinOf(bob)).state, 'unreachable')
  await alice.start()
  await world.clock.advance(2 * 60_000)
  assert.equal((await joinOf(bob)).state, 'joined')
  await assertChatting(world, alice, bob)
})

test('a joiner goes on waiting over a restart, until the invite expires', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice, { autoAccept: true, expiresInMs: hourMs })
  await alice.stop()
  await bob.request('invite/accept', { link })
  await bob.stop()
  await bob.start()
  assert.equal((await joinOf(bob)).state, 'unreachable')

  await world.clock.advance(2 * hourMs)
  assert.equal((await joinOf(bob)).reason, 'invite-expired' satisfies JoinFailure)
  assert.equal(await bob.refusal('invite/accept', { link }), 'invite-expired')
})

test('a disk that refuses while a waiting join expires is no crash, and the join is over after a restart', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice, { autoAccept: true, expiresInMs: hourMs })
  await alice.stop()
  await bob.request('invite/accept', { link })
  bob.disk.isFull = true
  await world.clock.advance(2 * hourMs)
  bob.disk.isFull = false
  await bob.stop()
  await bob.start()
  await world.clock.advance(1_000)
  assert.equal((await joinOf(bob)).reason, 'invite-expired')
})

test('an invite that expired lets nobody in, whatever the clock of the joiner says', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob', -12 * hourMs)]
  const { link, invite: id } = await invite(alice, { autoAccept: true, expiresInMs: 60_000 })
  await world.clock.advance(61_000)
  assert.equal(await inviteState(alice, id), 'expired')
  assert.equal(await bob.refusal('invite/accept', { link }), 'invite-expired')
  assert.deepEqual(await alice.request('conversation/list', {}), [])
})

test('an invite that ended is found no more an hour after its expiry', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const before = alice.transport.listeningKeys.length
  const { invite: id } = await invite(alice, { expiresInMs: hourMs })
  assert.equal(alice.transport.listeningKeys.length, before + 1)
  await world.clock.advance(hourMs + 60_000)
  assert.equal(await inviteState(alice, id), 'expired')
  assert.equal(alice.transport.listeningKeys.length, before + 1)
  await world.clock.advance(hourMs)
  assert.equal(alice.transport.listeningKeys.length, before)
  assert.deepEqual((await alice.request('invite/list', {})).own, [])
  await alice.stop()
  await alice.start()
  assert.deepEqual((await alice.request('invite/list', {})).own, [])
})

test('a revoked invite lets nobody in, and tells who waits', async () => {
  const world = new World()
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')]
  const { link, invite: id } = await invite(alice)
  await bob.request('invite/accept', { link })
  await alice.request('invite/revoke', { invite: id })
  await world.clock.advance(1_000)
  assert.equal((await joinOf(bob)).reason, 'invite-revoked')
  assert.equal(await carol.refusal('invite/accept', { link }), 'invite-revoked')
  assert.equal(await alice.refusal('invite/confirm', { invite: id, accept: true }), 'invite-not-joining')

  await alice.stop()
  await alice.start()
  assert.equal(await inviteState(alice, id), 'revoked')
  assert.equal(await carol.refusal('invite/accept', { link }), 'invite-revoked')
})

test('the link of an invite can be had again, after a restart too, as long as nobody has used it', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link, invite: id } = await invite(alice)
  await alice.stop()
  await alice.start()
  assert.deepEqual(await alice.request('invite/link', { invite: id }), { link })
  await bob.request('invite/accept', { link })
  assert.equal(await alice.refusal('invite/link', { invite: id }), 'invite-used')
  await alice.request('invite/confirm', { invite: id, accept: false })
  assert.equal(await alice.refusal('invite/link', { invite: id }), 'invite-refused')
  const [revoked, late] = [await invite(alice), await invite(alice, { expiresInMs: hourMs })]
  await alice.request('invite/revoke', { invite: revoked.invite })
  assert.equal(await alice.refusal('invite/link', { invite: revoked.invite }), 'invite-revoked')
  await world.clock.advance(hourMs + 1)
  assert.equal(await alice.refusal('invite/link', { invite: late.invite }), 'invite-expired')
  assert.equal(await alice.refusal('invite/link', { invite: '0'.repeat(32) as InviteId }), 'unknown-invite')
})

test('an invite has one seat: the second is refused, also after a restart', async () => {
  const world = new World()
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')]
  const { link, invite: id } = await invite(alice, { autoAccept: true })
  assert.equal((await bob.request('invite/accept', { link })).state, 'joined')
  assert.equal(await carol.refusal('invite/accept', { link }), 'invite-used')
  assert.equal(await alice.refusal('invite/revoke', { invite: id }), 'invite-used')
  assert.deepEqual(await carol.request('conversation/list', {}), [])
  assert.equal((await alice.request('conversation/list', {})).length, 1)
})

for (const autoAccept of [true, false])
  test(`two who come at once get one seat (${autoAccept ? 'accepted at once' : 'to be confirmed'})`, async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const world = new World(seed)
      world.network.delayMs = { least: 0, most: seed % 3 }
      const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')]
      const { link, invite: id } = await invite(alice, { autoAccept })
      const answers = await world.settled(
        Promise.allSettled([bob, carol].map(({ chat }) => chat.request('invite/accept', { link }))),
      )
      const states = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.state : 'refused')).sort()
      assert.deepEqual(states, [autoAccept ? 'joined' : 'refused', autoAccept ? 'refused' : 'waiting'])
      const { own } = await alice.request('invite/list', {})
      const winner = answers[0]?.status === 'fulfilled' ? bob : carol
      assert.equal(own.find((one) => one.invite === id)?.joiner?.person, (await winner.identity()).person)
    }
  })

test('the same joiner gets in again when the connection breaks before or after the welcome', async () => {
  // Every moment of the exchange: the connection breaks after so many milliseconds.
  for (let afterMs = 0; afterMs < 160; afterMs += 8) {
    const world = new World(afterMs + 1)
    const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
    const { link } = await invite(alice, { autoAccept: true })
    const accepted = bob.chat.request('invite/accept', { link })
    accepted.catch(() => undefined)
    await world.clock.advance(afterMs)
    world.network.cut(alice.transport, bob.transport)
    await world.settled(accepted)
    await world.clock.until(() => false, 1).catch(() => undefined)
    await world.clock.advance(60_000)
    assert.equal((await joinOf(bob)).state, 'joined')
    await assertChatting(world, alice, bob)
  }
})

test('whichever side dies at whichever write of the exchange, both end up as contacts', async () => {
  for (const who of ['alice', 'bob'] as const)
    for (let commits = 1; commits <= 4; commits++)
      for (const confirms of [true, false]) {
        const world = new World(commits)
        const people = { alice: await world.person('Alice'), bob: await world.person('Bob') }
        const { alice, bob } = people
        const { link, invite: id } = await invite(alice, { autoAccept: !confirms })
        people[who].crashAfterCommits(commits)
        const answer = bob.chat.request('invite/accept', { link })
        answer.catch(() => undefined)
        await world.clock.advance(2_000)
        if (confirms) void alice.chat.request('invite/confirm', { invite: id, accept: true }).catch(() => undefined)
        await world.clock.advance(2_000)
        if (!people[who].isCrashed) people[who].crash()

        await people[who].start()
        await world.clock.advance(2 * 60_000)
        // What the user of a messenger would do then.
        if ((await inviteState(alice, id)) === 'joining')
          await alice.request('invite/confirm', { invite: id, accept: true })
        if ((await bob.request('conversation/list', {})).length === 0) await bob.request('invite/accept', { link })
        await world.clock.advance(2 * 60_000)
        if ((await inviteState(alice, id)) === 'joining')
          await alice.request('invite/confirm', { invite: id, accept: true })
        await assertChatting(world, alice, bob)
      }
})

test('that an invite is consumed is on disk before its answer goes out', async () => {
  const world = new World()
  const [alice, bob, carol] = [await world.person('Alice'), await world.person('Bob'), await world.person('Carol')]
  const { link } = await invite(alice, { autoAccept: true })
  // Dies with the seat taken on disk, and before a word of it has left.
  alice.crashAfterCommits(1)
  const answer = bob.chat.request('invite/accept', { link })
  answer.catch(() => undefined)
  await world.clock.advance(1_000)
  assert.equal(alice.isCrashed, true)
  assert.notEqual((await joinOf(bob)).state, 'joined')

  await alice.start()
  assert.equal(await carol.refusal('invite/accept', { link }), 'invite-used')
  await world.clock.advance(2 * 60_000)
  assert.equal((await joinOf(bob)).state, 'joined')
  await assertChatting(world, alice, bob)
})

test('a disk that refuses to consume an invite lets nobody in, and a later try gets in', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link, invite: id } = await invite(alice, { autoAccept: true })
  alice.disk.isFull = true
  assert.equal((await bob.request('invite/accept', { link })).state, 'waiting')
  assert.equal(await inviteState(alice, id), 'live')
  assert.deepEqual(await alice.request('conversation/list', {}), [])
  alice.disk.isFull = false
  await world.clock.advance(2 * 60_000)
  assert.equal((await joinOf(bob)).state, 'joined')
  await assertChatting(world, alice, bob)
})

test('two people who invite each other at the same time have one conversation that works', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const world = new World(seed)
    world.network.delayMs = { least: 0, most: (seed % 4) * 10 }
    const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
    const [toBob, toAlice] = [await invite(alice, { autoAccept: true }), await invite(bob, { autoAccept: true })]
    await world.settled(
      Promise.allSettled([
        bob.chat.request('invite/accept', { link: toBob.link }),
        alice.chat.request('invite/accept', { link: toAlice.link }),
      ]),
    )
    await assertLasting(world, [alice, bob])
    for (const person of [alice, bob]) assert.deepEqual(person.complaints, [], `seed ${seed}`)
  }
})

test('two links of one person, followed at once, make one conversation', async () => {
  const world = new World()
  world.network.delayMs = { least: 0, most: 0 }
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const links = [await invite(alice, { autoAccept: true }), await invite(alice, { autoAccept: true })]
  await world.settled(Promise.allSettled(links.map(({ link }) => bob.chat.request('invite/accept', { link }))))
  await assertLasting(world, [alice, bob])
})

test("one's own invite, a contact's and a garbled one are refused in words of their own", async () => {
  const world = new World()
  const { alice, bob } = await world.pair()
  const { link } = await invite(alice)
  assert.equal(await alice.refusal('invite/accept', { link }), 'invite-own')
  assert.equal(await alice.refusal('invite/inspect', { link }), 'invite-own')
  assert.equal(await bob.refusal('invite/accept', { link }), 'already-contact')
  assert.equal(await bob.refusal('invite/accept', { link: link.slice(0, -3) }), 'link-garbled')
  assert.equal(await bob.refusal('invite/abandon', { join: 'nothing' }), 'unknown-invite')
  assert.equal(await alice.refusal('invite/revoke', { invite: '0'.repeat(32) as InviteId }), 'unknown-invite')
})

test('the same link once more, after the joining and a restart, leads to the conversation', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice, { autoAccept: true })
  const first = await bob.request('invite/accept', { link })
  assert.deepEqual(await bob.request('invite/accept', { link }), first)
  await bob.stop()
  await bob.start()
  assert.deepEqual(await bob.request('invite/accept', { link }), first)
})

test('a join that is abandoned is not followed any more', async () => {
  const world = new World()
  const [alice, bob] = [await world.person('Alice'), await world.person('Bob')]
  const { link } = await invite(alice, { autoAccept: true })
  await alice.stop()
  const { join } = await bob.request('invite/accept', { link })
  const told = bob.next('invite/changed', ({ join: changed }) => changed?.join === join)
  await bob.request('invite/abandon', { join })
  assert.equal((await world.settled(told)).join?.state, 'abandoned')
  await alice.start()
  await world.clock.advance(10 * 60_000)
  assert.deepEqual(await bob.request('conversation/list', {}), [])
  assert.deepEqual((await bob.request('invite/list', {})).joins, [])
})

test('at most 32 invites are open at a time', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const { invite: first } = await invite(alice)
  for (let i = 1; i < 32; i++) await invite(alice)
  assert.equal(await alice.refusal('invite/create', { kind: 'contact' }), 'invalid-params')
  await alice.request('invite/revoke', { invite: first })
  assert.equal(await alice.refusal('invite/create', { kind: 'contact' }), undefined)
})
