import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlyConversation, readAll, text, textsOf, untilReceived, untilState, World } from './world.ts'

test('two people meet by an invite that is accepted automatically, and talk both ways', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = await Promise.all([
    world.home('Ada').then((h) => h.setUp()),
    world.home('Bob').then((h) => h.setUp()),
  ])
  const conversation = await world.befriend(ada, bob)

  const sent = await ada.request('message/send', { conversation, body: text('hello') })
  assert.ok(sent.state === 'sent' || sent.state === 'queued', sent.state)
  const got = await untilReceived(bob, conversation, 'hello')
  assert.equal(got.id, sent.id)
  assert.equal(got.seq, sent.seq)
  assert.equal(got.author, ada.person)
  assert.equal(got.state, 'received')
  await untilState(ada, conversation, sent.id, 'delivered')

  const answer = await bob.request('message/send', { conversation, body: text('hello back') })
  await untilReceived(ada, conversation, 'hello back')
  await untilState(bob, conversation, answer.id, 'delivered')

  const [ofAda, ofBob] = await Promise.all([readAll(ada, conversation), readAll(bob, conversation)])
  assert.deepEqual(textsOf(ofAda), ['hello', 'hello back'])
  assert.deepEqual(
    ofAda.map(({ id }) => id),
    ofBob.map(({ id }) => id),
  )
  assert.ok(got.clock < (ofAda[1]?.clock ?? 0), 'an answer comes later in everybody’s order')
})

test('the conversation is titled and its member named after the other person', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = await Promise.all([
    world.home('Ada').then((h) => h.setUp()),
    world.home('Bob').then((h) => h.setUp()),
  ])
  await world.befriend(ada, bob)
  for (const [peer, name, person] of [
    [ada, 'Bob', bob.person],
    [bob, 'Ada', ada.person],
  ] as const) {
    const conversation = await onlyConversation(peer)
    assert.equal(conversation.kind, 'direct')
    assert.equal(conversation.title, name)
    assert.equal(conversation.online, true)
    assert.deepEqual(conversation.members, [{ person, name, verified: false }])
  }
})

test('each message is told once to the sender and once to the receiver, in order', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = await Promise.all([
    world.home('Ada').then((h) => h.setUp()),
    world.home('Bob').then((h) => h.setUp()),
  ])
  const conversation = await world.befriend(ada, bob)
  const words = Array.from({ length: 30 }, (_, i) => `message ${i}`)
  const acknowledged = await Promise.all(
    words.map((word) => ada.request('message/send', { conversation, body: text(word) })),
  )
  await untilState(ada, conversation, acknowledged.at(-1)?.id as never, 'delivered')
  await untilReceived(bob, conversation, 'message 29')
  for (const peer of [ada, bob]) {
    const added = peer.told.flatMap((told) => (told.method === 'message/added' ? [told.params.message] : []))
    assert.deepEqual(textsOf(added.filter(({ body }) => body.kind === 'text')), words)
  }
})

test('a conversation goes on between three people in pairs, and nobody sees what is not theirs', async (t) => {
  const world = await World.open(t)
  const [ada, bob, eve] = await Promise.all(
    ['Ada', 'Bob', 'Eve'].map((name) => world.home(name).then((home) => home.setUp())),
  )
  assert.ok(ada && bob && eve)
  const withBob = await world.befriend(ada, bob)
  const { link } = await world.invite(ada, { autoAccept: true })
  await eve.request('invite/accept', { link })
  const { id: withEve } = await onlyConversation(eve)
  await ada.request('message/send', { conversation: withBob, body: text('for Bob') })
  await ada.request('message/send', { conversation: withEve, body: text('for Eve') })
  await untilReceived(bob, withBob, 'for Bob')
  await untilReceived(eve, withEve, 'for Eve')
  assert.deepEqual(textsOf(await readAll(bob, withBob)), ['for Bob'])
  assert.deepEqual(textsOf(await readAll(eve, withEve)), ['for Eve'])
  assert.equal((await ada.request('conversation/list')).length, 2)
})
