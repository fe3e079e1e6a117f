import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

/** Sends many texts as fast as possible. */
async function sendAll(
  world: World,
  person: SimulatedPerson,
  conversation: ConversationId,
  texts: readonly string[],
): Promise<void> {
  const send = (text: string): Promise<unknown> =>
    person.chat.request('message/send', { conversation, body: { kind: 'text', text } })
  await world.settled(Promise.all(texts.map(send)))
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `message ${i}`)

test('a disk that refuses lets a send fail, shows nothing of it, and later the chain goes on whole', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.send(conversation, 'before')
  await world.clock.advance(500)
  const added = alice.added.length

  alice.disk.isFull = true
  const answers = await world.settled(
    Promise.allSettled(
      ['lost', 'lost too'].map((text) =>
        alice.chat.request('message/send', { conversation, body: { kind: 'text', text } }),
      ),
    ),
  )
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'sent')),
    ['store-failed', 'store-failed'],
  )
  assert.equal(await alice.refusal('draft/set', { conversation, text: 'kept?' }), 'store-failed')
  assert.equal(alice.added.length, added)
  assert.deepEqual(await alice.texts(conversation), ['before'])

  alice.disk.isFull = false
  alice.disk.commitsUntilFailure = 0
  assert.equal(
    await alice.refusal('message/send', { conversation, body: { kind: 'text', text: 'lost as well' } }),
    'store-failed',
  )
  const { seq } = await alice.send(conversation, 'after')
  assert.equal(seq, 2)
  await world.clock.advance(1_000)
  for (const person of [alice, bob]) assert.deepEqual(await person.texts(conversation), ['before', 'after'])
  assert.equal(await alice.state(conversation, 'after'), 'delivered')
  assert.deepEqual(bob.complaints, [])
})

test('what is acknowledged is on disk: dying right after it loses nothing, dying before acknowledges nothing', async () => {
  for (const commits of [1, 2, 3]) {
    const world = new World(commits)
    const { alice, bob, conversation } = await world.pair()
    await world.clock.advance(60_000)
    const acknowledged: string[] = []
    alice.crashAfterCommits(commits)
    for (const text of numbered(6)) {
      if (alice.isCrashed) break
      void alice.chat
        .request('message/send', { conversation, body: { kind: 'text', text } })
        .then(() => acknowledged.push(text))
        .catch(() => undefined)
      await world.clock.settle()
    }
    assert.equal(alice.isCrashed, true)
    await alice.start()
    const kept = await alice.texts(conversation)
    assert.deepEqual(kept.slice(0, acknowledged.length), acknowledged)
    await world.linked(alice, bob)
    await world.clock.advance(2_000)
    assert.deepEqual(await bob.texts(conversation), kept)
    await alice.send(conversation, 'and on')
    await world.clock.advance(2_000)
    assert.deepEqual(await bob.texts(conversation), [...kept, 'and on'])
    assert.equal(new Set(bob.added.map(({ id }) => id)).size, bob.added.length)
  }
})

test('5,000 messages written while the other is away all arrive, without being told one by one', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  const texts = numbered(5_000)
  for (let i = 0; i < texts.length; i += 500) await sendAll(world, alice, conversation, texts.slice(i, i + 500))
  const newest = (await alice.conversation()).last?.id
  const addedBefore = bob.added.length
  await bob.start()
  const changes: number[] = []
  bob.chat.on('conversation/changed', ({ conversation: { missing } }) => changes.push(missing))
  await world.linked(alice, bob)
  await world.clock.advance(30_000)
  assert.deepEqual(await bob.texts(conversation), texts)
  const view = await bob.conversation()
  assert.deepEqual([view.unread, view.missing, view.last?.id], [5_000, 0, newest])
  assert.ok(Math.max(...changes) > 1_000, 'what is missing is said meanwhile')
  assert.ok(bob.added.length - addedBefore <= 400)
  assert.equal(await alice.state(conversation, texts[0] as string), 'delivered')
  assert.deepEqual([...alice.complaints, ...bob.complaints], [])
})

test('history comes page by page, oldest first, and says whether there is more', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const texts = numbered(25)
  await sendAll(world, alice, conversation, texts)
  const pages: string[][] = []
  let before: MessageId | undefined
  for (let hasMore = true; hasMore;) {
    const answer = await alice.request('conversation/history', { conversation, limit: 10, ...(before && { before }) })
    pages.unshift(answer.messages.map(({ body }) => (body.kind === 'text' ? body.text : body.kind)))
    hasMore = answer.hasMore
    before = answer.messages[0]?.id
  }
  assert.deepEqual(
    pages.map(({ length }) => length),
    [6, 10, 10],
  )
  assert.deepEqual(pages.flat(), ['notice', ...texts])
  const exactly = await alice.request('conversation/history', { conversation, limit: 26 })
  assert.deepEqual([exactly.messages.length, exactly.hasMore], [26, false])
  const unknown = `${'0'.repeat(12)}${'ab'.repeat(32)}` as MessageId
  assert.equal(
    await alice.refusal('conversation/history', { conversation, limit: 5, before: unknown }),
    'unknown-message',
  )
  assert.equal(
    await alice.refusal('conversation/history', { conversation: 'f'.repeat(64) as ConversationId, limit: 5 }),
    'unknown-conversation',
  )
})

test('what others wrote is unread until the marker passes it, and the marker never goes back', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await sendAll(world, alice, conversation, numbered(5))
  await world.clock.advance(500)
  assert.equal((await alice.conversation()).unread, 0)
  assert.equal((await bob.conversation()).unread, 5)
  const ids = (await bob.history(conversation)).filter(({ body }) => body.kind === 'text').map(({ id }) => id)
  const [first, , third, , fifth] = ids as [MessageId, MessageId, MessageId, MessageId, MessageId]

  await bob.request('conversation/read', { conversation, upTo: third })
  assert.deepEqual([(await bob.conversation()).unread, (await bob.conversation()).readUpTo], [2, third])
  await bob.request('conversation/read', { conversation, upTo: first })
  assert.deepEqual([(await bob.conversation()).unread, (await bob.conversation()).readUpTo], [2, third])
  await bob.send(conversation, 'my own is not unread')
  assert.equal((await bob.conversation()).unread, 2)
  await bob.stop()
  await bob.start()
  assert.deepEqual([(await bob.conversation()).unread, (await bob.conversation()).readUpTo], [2, third])
  await bob.request('conversation/read', { conversation, upTo: fifth })
  assert.equal((await bob.conversation()).unread, 0)
  await world.linked(alice, bob)
  await alice.send(conversation, 'one more')
  await world.clock.advance(500)
  assert.equal((await bob.conversation()).unread, 1)
  assert.equal(
    await bob.refusal('conversation/read', { conversation, upTo: `${'0'.repeat(12)}${'1'.repeat(64)}` as MessageId }),
    'unknown-message',
  )
})

test('two markers set at once leave the newer one', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await sendAll(world, alice, conversation, numbered(5))
  await world.clock.advance(500)
  const ids = (await bob.history(conversation)).map(({ id }) => id)
  const upTos = [ids.at(-1), ids.at(2)] as [MessageId, MessageId]
  await world.settled(Promise.all(upTos.map((upTo) => bob.chat.request('conversation/read', { conversation, upTo }))))
  assert.deepEqual([(await bob.conversation()).unread, (await bob.conversation()).readUpTo], [0, upTos[0]])
})

test('a draft is kept over a restart, changed, and forgotten', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  assert.deepEqual(await alice.request('draft/get', { conversation }), { text: '' })
  await alice.request('draft/set', { conversation, text: 'half a thou' })
  await alice.request('draft/set', { conversation, text: 'half a thought …\n' })
  await alice.stop()
  await alice.start()
  assert.deepEqual(await alice.request('draft/get', { conversation }), { text: 'half a thought …\n' })
  await alice.request('draft/set', { conversation, text: '' })
  assert.deepEqual(await alice.request('draft/get', { conversation }), { text: '' })
  assert.equal(alice.disk.records.get('draft')?.size, 0)
  assert.equal(
    await alice.refusal('draft/get', { conversation: 'a'.repeat(64) as ConversationId }),
    'unknown-conversation',
  )
})

test('a snippet arrives with all that says where it is from', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const body = {
    kind: 'snippet',
    language: 'typescript',
    text: 'const a = 1\n',
    path: 'src/a.ts',
    lines: { first: 3, last: 4 },
    git: { remote: 'https://example.org/a.git', commit: '0123456789abcdef' },
  } as const
  await alice.request('message/send', { conversation, body })
  await world.clock.advance(500)
  assert.deepEqual((await bob.history(conversation)).at(-1)?.body, body)
})

test('both sides see the same 60 digits, and being verified is said and kept', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const [a, b] = [await alice.identity(), await bob.identity()]
  const ofBob = await alice.request('safety/number', { person: b.person })
  const ofAlice = await bob.request('safety/number', { person: a.person })
  assert.equal(ofBob.number, ofAlice.number)
  assert.equal(ofBob.number.replaceAll(/\D/g, '').length, 60)
  assert.equal(ofBob.verified, false)

  await alice.request('safety/verify', { person: b.person, verified: true })
  await alice.request('safety/verify', { person: b.person, verified: true })
  assert.equal((await alice.conversation()).members[0]?.verified, true)
  await alice.stop()
  await alice.start()
  assert.equal((await alice.request('safety/number', { person: b.person })).verified, true)
  await alice.request('safety/verify', { person: b.person, verified: false })
  assert.deepEqual(await alice.notices(conversation), ['contact-added', 'verified', 'unverified'])
  assert.deepEqual(await bob.notices(conversation), ['contact-added'])
  assert.equal((await bob.conversation()).members[0]?.verified, false)
  assert.equal(await alice.refusal('safety/number', { person: a.person }), 'unknown-person')
})

test('a change of state is told: queued when it can only wait, delivered when the other has it', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  await world.clock.advance(500)
  const { id, state } = await alice.send(conversation, 'patient')
  assert.equal(state, 'queued')
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  const told = alice.changed.filter((message) => message.id === id).map((message) => message.state)
  assert.equal(told.at(-1), 'delivered')
  await alice.stop()
  await bob.stop()
  await alice.start()
  assert.equal(await alice.state(conversation, 'patient'), 'delivered')
})

test('a long history that arrives at last is told of message by message, the newest first', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await bob.stop()
  const sent: MessageId[] = []
  for (let i = 0; i < 250; i++) sent.push((await alice.send(conversation, `Said ${i}`)).id)
  const before = alice.changed.length
  await bob.start()
  await world.linked(alice, bob)
  await world.clock.advance(5_000)
  const delivered = alice.changed.slice(before).filter(({ state }) => state === 'delivered')
  assert.deepEqual(new Set(delivered.map(({ id }) => id)), new Set(sent))
  const places = [0, -1].map((place) => delivered.findIndex(({ id }) => id === sent.at(place)))
  assert.ok((places[0] ?? 0) > (places[1] ?? 0), 'the newest before the oldest')
})

test('requests that are pending when the chat ends are refused as such, and so are later ones', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const pending = [
    alice.chat.request('message/send', { conversation, body: { kind: 'text', text: 'too late' } }),
    alice.chat.request('invite/create', { kind: 'contact' }),
  ]
  const answers = Promise.allSettled(pending)
  await alice.stop()
  for (const answer of await answers)
    assert.equal(answer.status === 'rejected' && (answer.reason as { code: string }).code, 'disposed')
  assert.equal(await alice.refusal('conversation/list', {}), 'disposed')
  await alice.stop()
  assert.deepEqual(alice.complaints, [])
})

test('ending the chat leaves no timer behind', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  await alice.request('invite/create', { kind: 'contact' })
  await alice.send(conversation, 'bye')
  await world.clock.advance(200)
  await alice.stop()
  await bob.stop()
  await world.clock.advance(6_000)
  assert.equal(world.clock.pendingTimers, 0)
})

test('shutdown answers first and ends the chat then', async () => {
  const world = new World()
  const alice = await world.person('Alice')
  assert.equal(await alice.request('shutdown', {}), null)
  await world.clock.advance(100)
  assert.equal(await alice.refusal('identity/get', {}), 'disposed')
})

test('nothing that somebody wrote, is called or was given ever reaches a log', async () => {
  const world = new World()
  const [alice, bob] = [await world.newcomer(), await world.newcomer()]
  const { phrase } = await alice.request('identity/create', { name: 'Planted Alice' })
  await bob.request('identity/create', { name: 'Planted Bob' })
  const { link, invite } = await alice.request('invite/create', { kind: 'contact' })
  await bob.request('invite/accept', { link })
  const { conversation } = await alice.request('invite/confirm', { invite, accept: true })
  assert.ok(conversation)
  await world.linked(alice, bob)
  await alice.send(conversation, 'planted text')
  await alice.request('draft/set', { conversation, text: 'planted draft' })
  // Now everything that can go wrong and be logged.
  for (const person of [alice, bob]) person.disk.isFull = true
  await alice.refusal('message/send', { conversation, body: { kind: 'text', text: 'planted failure' } })
  await alice.refusal('draft/set', { conversation, text: 'planted draft' })
  await alice.refusal('invite/accept', { link: `${link}x` })
  await alice.refusal('identity/confirmPhrase', { phrase: `${phrase} planted` })
  await world.clock.advance(60_000)
  for (const person of [alice, bob]) person.disk.isFull = false
  alice.stores.isUnreadable = true
  await bob.stop()
  await alice.send(conversation, 'planted and unread')
  await bob.start()
  await world.clock.advance(60_000)
  bob.file.isFailing = true
  await bob.refusal('identity/rename', { name: 'Planted Robert' })

  assert.ok(alice.log.entries.length + bob.log.entries.length > 4)
  const secret = link.slice(link.indexOf('#') + 1)
  const words = phrase.split(' ')
  for (const { log } of [alice, bob]) {
    for (const planted of ['planted', 'Planted', 'Alice', 'Bob', secret, secret.slice(20, 60), phrase])
      assert.equal(log.text.includes(planted), false)
    assert.equal(log.text.includes(words.slice(0, 3).join(' ')), false)
    for (const person of [alice, bob]) {
      const { person: id } = await person.identity()
      assert.equal(log.text.includes(id), false)
    }
  }
})
