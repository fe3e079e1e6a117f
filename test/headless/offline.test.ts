import assert from 'node:assert/strict'
import { test } from 'node:test'
import { friends } from './people.ts'
import { readAll, text, textsOf, untilOnline, untilReceived, untilState, World } from './world.ts'

test('what is written while the other is offline is queued, and delivered when it comes back', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  await bob.shutdown()
  await ada.until('Bob to be seen offline', async () => {
    const [only] = await ada.request('conversation/list')
    return only?.online === false || undefined
  })
  const sent = await ada.request('message/send', { conversation, body: text('while you were away') })
  assert.equal(sent.state, 'queued')
  const again = await homes.bob.start()
  await untilReceived(again, conversation, 'while you were away')
  await untilState(ada, conversation, sent.id, 'delivered')
})

test('what is written and then left behind by a restart of the writer is delivered by the next start', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  await bob.shutdown()
  const sent = await ada.request('message/send', { conversation, body: text('before my restart') })
  await ada.shutdown()
  const [ada2, bob2] = await Promise.all([homes.ada.start(), homes.bob.start()])
  await untilReceived(bob2, conversation, 'before my restart')
  await untilState(ada2, conversation, sent.id, 'delivered')
})

test('both write while apart, and both end with the same messages in the same order', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  await bob.shutdown()
  for (let i = 0; i < 5; i++) await ada.request('message/send', { conversation, body: text(`Ada alone ${i}`) })
  await ada.shutdown()
  const bob2 = await homes.bob.start()
  for (let i = 0; i < 5; i++) await bob2.request('message/send', { conversation, body: text(`Bob alone ${i}`) })
  const ada2 = await homes.ada.start()
  await untilReceived(ada2, conversation, 'Bob alone 4')
  await untilReceived(bob2, conversation, 'Ada alone 4')
  const [ofAda, ofBob] = await Promise.all([readAll(ada2, conversation), readAll(bob2, conversation)])
  assert.equal(ofAda.length, 10)
  assert.deepEqual(
    ofAda.map(({ id }) => id),
    ofBob.map(({ id }) => id),
  )
  const byAda = textsOf(ofAda).filter((words) => words.startsWith('Ada'))
  assert.deepEqual(
    byAda,
    [0, 1, 2, 3, 4].map((i) => `Ada alone ${i}`),
  )
})

test('after a restart of either side everything is still there, and the link comes back by itself', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  const first = await ada.request('message/send', { conversation, body: text('one') })
  await untilState(ada, conversation, first.id, 'delivered')
  const second = await bob.request('message/send', { conversation, body: text('two') })
  await untilState(bob, conversation, second.id, 'delivered')
  const [before] = await ada.request('conversation/list')
  const [identity, history] = await Promise.all([ada.request('identity/get'), readAll(ada, conversation)])

  await ada.shutdown()
  const ada2 = await homes.ada.start()
  assert.deepEqual(await ada2.request('identity/get'), identity)
  assert.deepEqual(await readAll(ada2, conversation), history)
  const [after] = await ada2.request('conversation/list')
  assert.deepEqual(after?.members, before?.members)
  await Promise.all([untilOnline(ada2, conversation), untilOnline(bob, conversation)])

  await bob.kill()
  const bob2 = await homes.bob.start()
  assert.deepEqual(textsOf(await readAll(bob2, conversation)), ['one', 'two'])
  await Promise.all([untilOnline(ada2, conversation), untilOnline(bob2, conversation)])
  await ada2.request('message/send', { conversation, body: text('three') })
  await untilReceived(bob2, conversation, 'three')
})

test('a writer whose clock is a year fast is believed in the order, and doubted in the time', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  const first = await ada.request('message/send', { conversation, body: text('on time') })
  await untilState(ada, conversation, first.id, 'delivered')
  await bob.shutdown()
  const fast = homes.bob.spawn({ clockShiftMs: 365 * 86_400_000 })
  await fast.request('message/send', { conversation, body: text('from next year') })
  await fast.shutdown()
  const bob2 = await homes.bob.start()
  const got = await untilReceived(ada, conversation, 'from next year')
  assert.equal(got.sentAtDoubtful, true)
  const last = await ada.request('message/send', { conversation, body: text('today') })
  await untilState(ada, conversation, last.id, 'delivered')
  assert.deepEqual(textsOf(await readAll(bob2, conversation)), ['on time', 'from next year', 'today'])
  assert.deepEqual(textsOf(await readAll(ada, conversation)), ['on time', 'from next year', 'today'])
})
