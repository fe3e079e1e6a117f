import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatErrorCode } from '../../src/shared/chatError.ts'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { RoomRequests } from '../../src/shared/rooms.ts'
import { expectRefusal } from './expectRefusal.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { readAll, text, textsOf, untilOnline, untilReceived, World, type Home } from './world.ts'

interface Member {
  readonly home: Home
  peer: HeadlessPeer
}

const send = (peer: HeadlessPeer, conversation: ConversationId, words: string): Promise<unknown> =>
  peer.request('message/send', { conversation, body: text(words) })

/** A link into a room, which is a secret like any other. */
async function linkInto(
  world: World,
  inviter: HeadlessPeer,
  params: RoomRequests['room/invite']['params'],
): Promise<string> {
  const { link = '' } = await inviter.request('room/invite', params)
  world.keepSecret(link)
  world.keepSecret(link.slice(link.indexOf('#') + 1))
  return link
}

/** A room of people, the first of whom founds it and invites the others by links. */
async function room(
  world: World,
  names: readonly string[],
): Promise<{ members: Member[]; conversation: ConversationId }> {
  const members: Member[] = []
  for (const name of names) {
    const home = await world.home(name)
    members.push({ home, peer: await home.setUp() })
  }
  const [founder, ...others] = members as [Member, ...Member[]]
  const { conversation } = await founder.peer.request('room/create', { title: 'Team' })
  for (const { peer } of others) {
    const link = await linkInto(world, founder.peer, { conversation })
    const joined = await peer.request('invite/accept', { link })
    assert.equal(joined.conversation, conversation)
  }
  await Promise.all(members.map(({ peer }) => untilMembers(peer, conversation, names.length)))
  return { members, conversation }
}

function untilMembers(peer: HeadlessPeer, conversation: ConversationId, count: number): Promise<true> {
  return peer.until(`${count} members`, async () => {
    const members = await peer.request('room/members', { conversation })
    return members.length === count || undefined
  })
}

/** What everybody sees: lines about the room and messages, in one order. */
async function seenBy(peer: HeadlessPeer, conversation: ConversationId): Promise<string[]> {
  return (await readAll(peer, conversation)).map(({ id, body }) => `${id} ${body.kind}`)
}

test('eight processes, half of them offline by turns, end with the same room', async (t) => {
  const world = await World.open(t)
  const names = ['Ada', 'Bob', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal']
  const { members, conversation } = await room(world, names)
  const [even, odd] = [members.filter((_, i) => i % 2 === 0), members.filter((_, i) => i % 2 === 1)]
  for (const [away, here] of [
    [odd, even],
    [even, odd],
    [odd, even],
  ]) {
    await Promise.all((away ?? []).map(({ peer }) => peer.kill()))
    for (const { peer, home } of here ?? []) await send(peer, conversation, `${home.name} writes`)
    await Promise.all((away ?? []).map(async (member) => (member.peer = await member.home.start())))
  }
  const [ada] = members as [Member, ...Member[]]
  await ada.peer.request('room/set', { conversation, title: 'Crew' })
  await send(ada.peer, conversation, 'the end')
  const total = 3 * 4 + 1
  for (const { peer } of members)
    await peer.until('every message', async () => {
      const texts = textsOf(await readAll(peer, conversation)).filter((words) => words !== 'room')
      const [only] = await peer.request('conversation/list')
      return (texts.length === total && only?.title === 'Crew') || undefined
    })
  const seen = await Promise.all(members.map(({ peer }) => seenBy(peer, conversation)))
  for (const other of seen) assert.deepEqual(other, seen[0])
  const lists = await Promise.all(members.map(({ peer }) => peer.request('room/members', { conversation })))
  const plain = lists.map((list) => list.map(({ person, role, joinedAt }) => ({ person, role, joinedAt })))
  for (const other of plain) assert.deepEqual(other, plain[0])
})

test('whoever is removed reads nothing later, whoever it is linked with, and old invites are of no use', async (t) => {
  const world = await World.open(t)
  const { members, conversation } = await room(world, ['Ada', 'Bob', 'Mia'])
  const [ada, bob, mia] = members.map(({ peer }) => peer) as [HeadlessPeer, HeadlessPeer, HeadlessPeer]
  // A contact of Bob stays linked with him, and Bob holds all that is written.
  const { link } = await world.invite(bob, { autoAccept: true })
  const { conversation: direct } = await mia.request('invite/accept', { link })
  assert.ok(direct)
  await untilOnline(mia, direct)
  const before = await linkInto(world, ada, { conversation })
  await send(ada, conversation, 'for all')
  await untilReceived(mia, conversation, 'for all')
  const identity = await mia.request('identity/get')
  assert.ok(identity)
  await ada.request('room/remove', { conversation, person: identity.person })
  await mia.until('the word of the removal', async () => {
    const list = await mia.request('conversation/list')
    return list.find(({ id, room: details }) => id === conversation && details?.state === 'removed')
  })
  await send(ada, conversation, 'without Mia')
  await untilReceived(bob, conversation, 'without Mia')
  await send(bob, conversation, 'nor from Bob')
  await untilReceived(ada, conversation, 'nor from Bob')
  await send(bob, direct, 'you are still a contact')
  await untilReceived(mia, direct, 'you are still a contact')

  assert.deepEqual(
    textsOf(await readAll(mia, conversation)).filter((words) => words !== 'room'),
    ['for all'],
  )
  await expectRefusal(mia.request('message/send', { conversation, body: text('still here') }), 'not-a-member')
  await expectRefusal(mia.request('invite/accept', { link: before }), 'invite-revoked')
})

test('requests that nobody may make, or that make no sense, are refused and change nothing', async (t) => {
  const world = await World.open(t)
  const { members, conversation } = await room(world, ['Ada', 'Bob'])
  const [ada, bob] = members.map(({ peer }) => peer) as [HeadlessPeer, HeadlessPeer]
  const [first, second] = await ada.request('room/members', { conversation })
  assert.ok(first && second)
  const stranger = 'ab'.repeat(32)
  const refusals: readonly (readonly [HeadlessPeer, string, Record<string, unknown>, ChatErrorCode])[] = [
    [bob, 'room/set', { conversation, title: 'Mine' }, 'not-allowed'],
    [bob, 'room/remove', { conversation, person: first.person }, 'not-allowed'],
    [bob, 'room/invite', { conversation }, 'not-allowed'],
    [bob, 'room/dissolve', { conversation }, 'not-allowed'],
    [bob, 'room/setRole', { conversation, person: second.person, role: 'owner' }, 'not-allowed'],
    [ada, 'room/setRole', { conversation, person: second.person, role: 'king' }, 'invalid-params'],
    [ada, 'room/setRole', { conversation, person: stranger, role: 'admin' }, 'not-a-member'],
    [ada, 'room/remove', { conversation, person: first.person }, 'not-allowed'],
    [ada, 'room/leave', { conversation }, 'owner-must-hand-over'],
    [ada, 'room/set', { conversation, title: 'x'.repeat(129) }, 'invalid-params'],
    [ada, 'room/set', { conversation, pin: '0'.repeat(76) }, 'unknown-message'],
    [ada, 'room/members', { conversation: stranger }, 'unknown-conversation'],
    [ada, 'room/create', { title: '' }, 'invalid-params'],
    [ada, 'room/answer', { offer: 'none', accept: true }, 'unknown-offer'],
    [ada, 'room/invite', { conversation, person: stranger }, 'unknown-person'],
  ]
  for (const [peer, method, params, code] of refusals)
    await expectRefusal(peer.request(method as 'room/set', params as RoomRequests['room/set']['params']), code)
  const [only] = await bob.request('conversation/list')
  assert.equal(only?.title, 'Team')
  assert.equal(only.room?.memberCount, 2)
})
