import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

const get = (person: SimulatedPerson, conversation: ConversationId, message: MessageId): Promise<Message | null> =>
  person.request('message/get', { conversation, message })

/** A message as far as everybody sees the same of it. */
const seen = (message: Message | null): unknown => {
  if (message === null) return null
  const { id, author, body, edited, erasedBy, reactions, quote, replies } = message
  return { id, author, body, edited, erasedBy, reactions, quote, replies }
}

test('an edit shows everywhere with its history, and is no message of its own', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id } = await alice.send(conversation, 'helo')
  await world.clock.advance(500)
  await bob.request('conversation/read', { conversation, upTo: id })
  await alice.request('message/edit', { conversation, message: id, text: 'hello' })
  await alice.request('message/edit', { conversation, message: id, text: 'hello!' })
  await world.clock.advance(500)
  for (const person of [alice, bob]) {
    assert.deepEqual(await person.texts(conversation), ['hello!'])
    const message = await get(person, conversation, id)
    assert.equal(message?.edited?.count, 2)
    const { wordings } = await person.request('message/edits', { conversation, message: id })
    assert.deepEqual(
      wordings.map(({ text }) => text),
      ['helo', 'hello', 'hello!'],
    )
    assert.deepEqual(person.complaints, [])
  }
  assert.equal((await bob.conversation()).unread, 0)
  assert.equal((await bob.conversation()).last?.summary, 'hello!')
  assert.ok(bob.changed.some((message) => message.id === id && message.body.kind === 'text'))
  assert.equal(await alice.state(conversation, 'hello!'), 'delivered')
})

test('nobody edits or takes back what somebody else wrote, nor what was taken back', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id } = await alice.send(conversation, 'mine')
  await world.clock.advance(500)
  assert.equal(await bob.refusal('message/edit', { conversation, message: id, text: 'yours' }), 'not-author')
  assert.equal(await bob.refusal('message/erase', { conversation, message: id }), 'not-author')
  await alice.request('message/erase', { conversation, message: id })
  await alice.request('message/erase', { conversation, message: id })
  assert.equal(await alice.refusal('message/edit', { conversation, message: id, text: 'again' }), 'message-erased')
  await world.clock.advance(500)
  assert.equal(
    await bob.refusal('message/react', { conversation, message: id, emoji: '👍', on: true }),
    'message-erased',
  )
  const nowhere = `${'0'.repeat(12)}${'ab'.repeat(32)}` as MessageId
  for (const [method, rest] of [
    ['message/edit', { text: 'x' }],
    ['message/erase', {}],
    ['message/react', { emoji: '👍', on: true }],
  ] as const)
    assert.equal(await bob.refusal(method, { conversation, message: nowhere, ...rest }), 'unknown-message')
})

test('what is taken back for everybody leaves every disk, with its edits, and stays gone for whoever comes later', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben')
  const [ann, ben] = people
  const { id } = await ann.send(conversation, 'the secret word')
  await ann.request('message/edit', { conversation, message: id, text: 'the secret word, edited' })
  const answer = await ben.request('message/send', {
    conversation,
    body: { kind: 'text', text: 'an answer', replyTo: id },
  })
  await world.clock.advance(500)
  assert.equal((await get(ann, conversation, answer.id))?.quote?.summary, 'the secret word, edited')
  await ann.request('message/erase', { conversation, message: id })
  await world.clock.advance(500)
  const cy = await world.person('Cy')
  await world.join(ann, cy, conversation)
  await world.clock.advance(5_000)
  const author = (await ann.identity()).person
  for (const person of [ann, ben, cy]) {
    const message = await get(person, conversation, id)
    assert.deepEqual(message?.body, { kind: 'unreadable', why: 'erased' })
    assert.equal(message.erasedBy, author)
    assert.equal((await get(person, conversation, answer.id))?.quote?.summary, '')
    assert.deepEqual(await person.texts(conversation), ['an answer'])
    const { missing } = await person.conversation()
    assert.equal(missing, 0)
    await person.stop()
    await person.start()
    assert.deepEqual((await get(person, conversation, id))?.body, { kind: 'unreadable', why: 'erased' })
    assert.deepEqual(person.complaints, [])
  }
})

test('reactions add up by emoji in the order in which they were made, and go away again', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id } = await alice.send(conversation, 'shipped')
  await world.clock.advance(500)
  const react = (person: SimulatedPerson, emoji: string, on = true): Promise<null> =>
    person.request('message/react', { conversation, message: id, emoji, on })
  await react(bob, '🎉')
  await react(bob, '👍')
  await world.clock.advance(500)
  await react(alice, '🎉')
  await world.clock.advance(500)
  const [a, b] = [(await alice.identity()).person, (await bob.identity()).person]
  for (const person of [alice, bob])
    assert.deepEqual((await get(person, conversation, id))?.reactions, [
      { emoji: '🎉', people: [b, a] },
      { emoji: '👍', people: [b] },
    ])
  await react(bob, '🎉', false)
  await react(bob, '👍', false)
  await world.clock.advance(500)
  for (const person of [alice, bob])
    assert.deepEqual((await get(person, conversation, id))?.reactions, [{ emoji: '🎉', people: [a] }])
  assert.equal(await bob.refusal('message/react', { conversation, message: id, emoji: 'no', on: true }), 'not-an-emoji')
  for (const emoji of ['😀', '😁', '😂', '🤣', '😃', '😄', '😅', '😆']) await react(bob, emoji)
  assert.equal(
    await bob.refusal('message/react', { conversation, message: id, emoji: '😉', on: true }),
    'invalid-params',
  )
  await world.settled(
    Promise.all(
      ['👀', '🚀'].map((emoji) => alice.chat.request('message/react', { conversation, message: id, emoji, on: true })),
    ),
  )
  assert.deepEqual(
    (await get(alice, conversation, id))?.reactions
      ?.filter(({ people }) => people.includes(a))
      .map(({ emoji }) => emoji),
    ['🎉', '👀', '🚀'],
  )
})

test('answers stand in the history and in their thread, counted at its root', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { id: root } = await alice.send(conversation, 'root')
  await world.clock.advance(500)
  const ids: MessageId[] = []
  for (const text of ['one', 'two', 'three']) {
    const body = { kind: 'text' as const, text, thread: root, replyTo: ids.at(-1) ?? root }
    ids.push((await bob.request('message/send', { conversation, body })).id)
  }
  await world.clock.advance(500)
  for (const person of [alice, bob]) {
    const { lastAt, ...replies } = (await get(person, conversation, root))?.replies ?? {}
    assert.deepEqual(replies, { count: 3, last: ids[2] })
    assert.equal(lastAt, (await get(person, conversation, ids[2] as MessageId))?.sentAt)
    const page = await person.request('message/thread', { conversation, message: root, limit: 2 })
    assert.equal(page.root?.id, root)
    assert.deepEqual(
      page.messages.map(({ id }) => id),
      ids.slice(1),
    )
    assert.equal(page.hasMore, true)
    const before = page.messages[0]?.id as MessageId
    const rest = await person.request('message/thread', { conversation, message: root, before, limit: 2 })
    assert.deepEqual([rest.messages.map(({ id }) => id), rest.hasMore], [ids.slice(0, 1), false])
    assert.equal((await get(person, conversation, ids[1] as MessageId))?.quote?.summary, 'one')
    assert.deepEqual(await person.texts(conversation), ['root', 'one', 'two', 'three'])
  }
  assert.ok(alice.changed.some(({ id, replies }) => id === root && replies?.count === 3))
})

test('an owner or admin takes back what somebody below wrote, and nobody else does', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben', 'Cy')
  const [ann, ben, cy] = people
  const person = (await ben.identity()).person
  await ann.request('room/setRole', { conversation, person, role: 'admin' })
  await world.clock.advance(1_000)
  const byAnn = await ann.send(conversation, 'from the owner')
  const byCy = await cy.send(conversation, 'from a member')
  await world.clock.advance(1_000)
  await cy.request('message/edit', { conversation, message: byCy.id, text: 'from a member, edited' })
  await world.clock.advance(1_000)
  assert.equal(await ben.refusal('message/erase', { conversation, message: byAnn.id }), 'not-allowed')
  assert.equal(await cy.refusal('message/erase', { conversation, message: byAnn.id }), 'not-allowed')
  await ben.request('message/erase', { conversation, message: byCy.id })
  await world.clock.advance(1_000)
  const dan = await world.person('Dan')
  await world.join(ann, dan, conversation)
  await world.clock.advance(5_000)
  for (const one of [ann, ben, cy, dan]) {
    assert.deepEqual(await one.texts(conversation), ['from the owner'])
    assert.equal((await get(one, conversation, byCy.id))?.erasedBy, person)
    assert.equal((await one.conversation()).missing, 0)
    assert.deepEqual(one.complaints, [])
  }
})

test('what is hidden is gone here alone, and others still get it, from its author', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Ann', 'Ben')
  const [ann, ben] = people
  const { id } = await ann.send(conversation, 'not for me')
  await ann.send(conversation, 'for all')
  await world.clock.advance(1_000)
  const removed = ben.next('message/removed')
  await ben.request('message/hide', { conversation, messages: [id] })
  assert.deepEqual((await removed).messages, [id])
  assert.deepEqual(await ben.texts(conversation), ['for all'])
  assert.equal(await get(ben, conversation, id), null)
  assert.equal((await ben.conversation()).unread, 1)
  assert.deepEqual(await ann.texts(conversation), ['not for me', 'for all'])
  await ann.request('room/set', { conversation, whoInvites: 'everybody' })
  await world.clock.advance(1_000)
  await ann.stop()
  await world.clock.advance(1_000)
  const cy = await world.person('Cy')
  await world.join(ben, cy, conversation)
  await world.clock.advance(5_000)
  assert.deepEqual(await cy.texts(conversation), ['for all'])
  assert.ok((await cy.conversation()).missing > 0)
  await ann.start()
  await world.clock.advance(60_000)
  assert.deepEqual(await cy.texts(conversation), ['not for me', 'for all'])
  assert.equal((await cy.conversation()).missing, 0)
  await ben.stop()
  await ben.start()
  assert.deepEqual(await ben.texts(conversation), ['for all'])
  assert.equal(
    await ben.refusal('message/hide', { conversation, messages: [id, `${id.slice(0, -1)}0` as MessageId] }),
    'unknown-message',
  )
})

test('an own message hidden before anybody has it still arrives, and then its content leaves the disk, which nobody is told', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const text = 'on its way '.repeat(50)
  const long = ({ disk }: SimulatedPerson) => [...disk.readEvents()].filter(({ sealed }) => sealed.length > text.length)
  await bob.stop()
  await world.clock.advance(1_000)
  const { id } = await alice.send(conversation, text)
  await alice.request('message/hide', { conversation, messages: [id] })
  assert.deepEqual(await alice.texts(conversation), [])
  assert.equal(long(alice).length, 1)
  const written = [...alice.disk.readEvents()].length
  // It is remembered that it has to go.
  await alice.stop()
  await alice.start()
  await bob.start()
  await world.clock.advance(10_000)
  assert.deepEqual(await bob.texts(conversation), [text])
  assert.equal(long(alice).length, 0)
  assert.equal(alice.disk.records.get('fleeting')?.size ?? 0, 0)
  assert.equal(long(bob).length, 1)
  assert.equal([...alice.disk.readEvents()].length, written)
})

test('from a chosen message on everything counts as unread again', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const sent = []
  for (const text of ['one', 'two', 'three']) sent.push((await alice.send(conversation, text)).id)
  await world.clock.advance(500)
  await bob.request('conversation/read', { conversation, upTo: sent[2] as MessageId })
  assert.equal((await bob.conversation()).unread, 0)
  await bob.request('conversation/unread', { conversation, from: sent[1] as MessageId })
  assert.equal((await bob.conversation()).unread, 2)
  await bob.stop()
  await bob.start()
  assert.equal((await bob.conversation()).unread, 2)
})

test('notes to oneself are kept, and are where they belong at once', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  const made = await world.settled(
    Promise.all([alice.chat.request('conversation/self', {}), alice.chat.request('conversation/self', {})]),
  )
  const conversation = made[0].conversation
  assert.equal(made[1].conversation, conversation)
  const { id } = await alice.send(conversation, 'buy milk')
  await alice.request('message/react', { conversation, message: id, emoji: '✅', on: true })
  await alice.stop()
  await alice.start()
  assert.equal((await alice.request('conversation/self', {})).conversation, conversation)
  const view = await alice.conversation()
  assert.deepEqual([view.isSelf, view.unread, view.members], [true, 0, []])
  assert.equal(await alice.state(conversation, 'buy milk'), 'delivered')
  assert.equal((await get(alice, conversation, id))?.reactions?.[0]?.emoji, '✅')
  assert.deepEqual(alice.complaints, [])
})

test('a message and what is said about it come in any order of arrival to the same', async () => {
  const world = new World(7)
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  const kept = await alice.send(conversation, 'kept')
  const gone = await alice.send(conversation, 'gone')
  for (let i = 0; i < 300; i++)
    void alice.chat.request('message/send', { conversation, body: { kind: 'text', text: String(i) } })
  await world.clock.advance(1_000)
  await alice.request('message/edit', { conversation, message: kept.id, text: 'kept, edited' })
  await alice.request('message/react', { conversation, message: kept.id, emoji: '👍', on: true })
  await alice.request('message/erase', { conversation, message: gone.id })
  await bob.start()
  await world.clock.advance(20_000)
  for (const id of [kept.id, gone.id])
    assert.deepEqual(seen(await get(bob, conversation, id)), seen(await get(alice, conversation, id)))
  assert.equal((await bob.conversation()).unread, 302)
  assert.equal((await bob.conversation()).missing, 0)
})
