import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, PersonId } from '../../src/shared/ids.ts'
import type { RoomState } from '../../src/shared/rooms.ts'
import type { Conversation, SendBody } from '../../src/shared/service.ts'
import { expectRefusal } from './expectRefusal.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { readAll, text, textsOf, untilReceived, World } from './world.ts'

/** What a peer's list says of a room, once it fits. */
function untilRoom(
  peer: HeadlessPeer,
  conversation: ConversationId,
  fits: (room: Conversation) => boolean,
): Promise<Conversation> {
  return peer.until('the room to be so', async () => {
    const room = (await peer.request('conversation/list')).find(({ id }) => id === conversation)
    return room !== undefined && fits(room) ? room : undefined
  })
}

/** A text that mentions somebody. */
function textTo(person: PersonId, words: string): SendBody {
  const body = text(words)
  return body.kind === 'text' ? { ...body, mentions: [person] } : body
}

const hasState =
  (state: RoomState) =>
  ({ room }: Conversation): boolean =>
    room?.state === state

test('a room lives from its founding to its end over stdio, by every request that there is', async (t) => {
  const world = await World.open(t)
  const [ada, bob, cleo] = [
    await (await world.home('Ada')).setUp(),
    await (await world.home('Bob')).setUp(),
    await (await world.home('Cleo')).setUp(),
  ] as const
  await world.befriend(ada, bob)

  const founding = { title: 'Kettle works', topic: 'Everything about kettles', whoInvites: 'admins' } as const
  const { conversation } = await ada.request('room/create', founding)
  const { id: first } = await ada.request('message/send', { conversation, body: text('before') })

  // A contact is asked, and comes as an admin who reads from now on.
  const terms = { role: 'admin', history: 'from-now' } as const
  await ada.request('room/invite', { conversation, person: bob.person, ...terms })
  const offer = await bob.until('an offer', async () => (await bob.request('room/offers'))[0])
  const { topic, inviter, role, history } = offer
  assert.deepEqual({ topic, inviter, role, history }, { topic: founding.topic, inviter: ada.person, ...terms })
  await bob.request('room/answer', { offer: offer.offer, accept: true })
  await untilRoom(bob, conversation, ({ room }) => room?.memberCount === 2 && room.ownRole === 'admin')

  // Somebody else follows a link, and may only read, but everything from the beginning.
  const { link = '' } = await ada.request('room/invite', { conversation, role: 'read-only', expiresInMs: 3_600_000 })
  world.keepSecret(link)
  assert.equal((await cleo.request('invite/inspect', { link })).kind, 'room')
  assert.equal((await cleo.request('invite/accept', { link })).conversation, conversation)
  await untilReceived(cleo, conversation, 'before')
  await expectRefusal(cleo.request('message/send', { conversation, body: text('may I?') }), 'not-allowed')
  await bob.until('three members', async () =>
    (await bob.request('room/members', { conversation })).length === 3 ? true : undefined,
  )
  await bob.request('room/setRole', { conversation, person: cleo.person, role: 'member' })
  await untilRoom(cleo, conversation, ({ room }) => room?.ownRole === 'member')
  await cleo.request('message/send', {
    conversation,
    body: textTo(bob.person, 'thank you'),
  })
  await untilReceived(bob, conversation, 'thank you')
  await untilRoom(bob, conversation, ({ room }) => room?.mentions === 1)
  assert.ok(!textsOf(await readAll(bob, conversation)).includes('before'), 'from now on means from now on')

  // What it is called, what is pinned, and what each wants to hear of it.
  await ada.request('room/set', { conversation, title: 'Tea house', topic: '', whoInvites: 'everybody', pin: first })
  await untilRoom(
    cleo,
    conversation,
    ({ title, room }) => title === 'Tea house' && room?.topic === '' && room.pinned[0] === first,
  )
  await ada.request('room/set', { conversation, unpin: first })
  await untilRoom(cleo, conversation, ({ room }) => room?.whoInvites === 'everybody' && room.pinned.length === 0)
  const mutedUntil = Date.now() + 3_600_000
  await cleo.request('conversation/notify', { conversation, level: 'mentions', mutedUntil })
  const { notify } = await untilRoom(cleo, conversation, () => true)
  assert.deepEqual(notify, { level: 'mentions', mutedUntil })

  // Members become contacts, and contacts are introduced.
  await cleo.request('contact/ask', { person: bob.person })
  const asked = await bob.until('a question', async () => (await bob.request('contact/requests'))[0])
  assert.deepEqual([asked.person, asked.room, asked.state], [cleo.person, conversation, 'incoming'])
  await bob.request('contact/answer', { request: asked.request, accept: true })
  await bob.until('a new contact', async () =>
    (await bob.request('room/members', { conversation })).find(
      ({ person, isContact }) => person === cleo.person && isContact,
    ),
  )
  await bob.request('contact/introduce', { person: ada.person, to: cleo.person })
  for (const peer of [ada, cleo]) {
    const request = await peer.until('an introduction', async () =>
      (await peer.request('contact/requests')).find(({ introducedBy }) => introducedBy === bob.person),
    )
    await peer.request('contact/answer', { request: request.request, accept: true })
  }
  await ada.until('a contact who was introduced', async () =>
    (await ada.request('room/members', { conversation })).find(
      ({ person, isContact }) => person === cleo.person && isContact,
    ),
  )

  // It is handed over, left, one is removed, and it ends.
  await ada.request('room/setRole', { conversation, person: bob.person, role: 'owner' })
  await untilRoom(bob, conversation, ({ room }) => room?.ownRole === 'owner')
  await ada.request('room/leave', { conversation })
  await untilRoom(ada, conversation, hasState('left'))
  await untilRoom(bob, conversation, ({ room }) => room?.memberCount === 2)
  await bob.request('room/remove', { conversation, person: cleo.person })
  await untilRoom(cleo, conversation, hasState('removed'))
  await bob.request('room/dissolve', { conversation })
  await untilRoom(bob, conversation, hasState('dissolved'))
  await expectRefusal(bob.request('message/send', { conversation, body: text('hello?') }), 'room-dissolved')
})
