import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from './world.ts'

const token = '0f'.repeat(16)
const body = { kind: 'text', text: 'once' } as const

test('a message that is asked for again with its token is written once and named again, also by the next process', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const send = { conversation, body, token }
  const first = await world.settled(alice.chat.request('message/send', send))
  const [again, atOnce] = await world.settled(
    Promise.all([alice.chat.request('message/send', send), alice.chat.request('message/send', send)]),
  )
  assert.deepEqual([again.id, atOnce.seq], [first.id, first.seq])
  alice.crash()
  await alice.start()
  const later = await world.settled(alice.chat.request('message/send', send))
  assert.deepEqual([later.id, later.seq], [first.id, first.seq])
  await world.linked(alice, bob)
  await world.clock.advance(1_000)
  assert.deepEqual(await bob.texts(conversation), ['once'])
  assert.equal((await alice.chat.request('message/send', send)).state, 'delivered')
})

test('two requests with one token in one turn write one message', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const send = { conversation, body, token }
  const [one, two] = await world.settled(
    Promise.all([alice.chat.request('message/send', send), alice.chat.request('message/send', send)]),
  )
  assert.deepEqual(one, two)
  assert.deepEqual(await alice.texts(conversation), ['once'])
})

test('a token is known only once its message is on disk: what the disk refused can be sent again', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const send = { conversation, body, token }
  alice.disk.commitsUntilFailure = 0
  assert.equal(await alice.refusal('message/send', send), 'store-failed')
  await world.settled(alice.chat.request('message/send', send))
  assert.deepEqual(await alice.texts(conversation), ['once'])
})

test('the same words with different tokens are different messages, and old tokens are forgotten in the order they came', async () => {
  const world = new World()
  const { alice, conversation } = await world.pair()
  const tokenOf = (n: number): string => n.toString(16).padStart(32, '0')
  const send = (n: number) => alice.chat.request('message/send', { conversation, body, token: tokenOf(n) })
  const sent = []
  for (let n = 0; n < 70; n++) sent.push(await world.settled(send(n)))
  await alice.stop()
  await alice.start()
  assert.deepEqual((await world.settled(send(69))).seq, sent[69]?.seq)
  assert.deepEqual((await world.settled(send(6))).seq, sent[6]?.seq)
  assert.deepEqual((await world.settled(send(5))).seq, 71)
  assert.equal((await alice.texts(conversation)).length, 71)
})
