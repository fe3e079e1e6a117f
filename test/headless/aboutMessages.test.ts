import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { text, textsOf, untilReceived, untilState, World } from './world.ts'

test('what one does with messages arrives over the network: wordings, reactions, threads, and what is taken back', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const { id } = await ada.request('message/send', { conversation, body: text('helo') })
  await untilReceived(bob, conversation, 'helo')
  await ada.request('message/edit', { conversation, message: id, text: 'hello' })
  await bob.request('message/react', { conversation, message: id, emoji: '🎉', on: true })
  await expectRefusal(bob.request('message/react', { conversation, message: id, emoji: 'x', on: true }), 'not-an-emoji')
  await expectRefusal(bob.request('message/edit', { conversation, message: id, text: 'mine' }), 'not-author')
  const answer = { kind: 'text', text: 'in the thread', thread: id } as const
  await bob.request('message/send', { conversation, body: answer })
  const seen = await ada.until('everything that was said of it', async () => {
    const message = await ada.request('message/get', { conversation, message: id })
    return message?.reactions !== undefined && message.replies?.count === 1 ? message : undefined
  })
  assert.equal(seen.edited?.count, 1)
  assert.deepEqual(seen.reactions?.[0]?.emoji, '🎉')
  const { wordings } = await bob.until('both wordings', async () => {
    const found = await bob.request('message/edits', { conversation, message: id })
    return found.wordings.length === 2 ? found : undefined
  })
  assert.equal(wordings[1]?.text, 'hello')
  const thread = await ada.request('message/thread', { conversation, message: id, limit: 10 })
  assert.equal(thread.root?.id, id)
  assert.deepEqual(textsOf(thread.messages), ['in the thread'])
  const [reply] = thread.messages
  assert.ok(reply)
  await ada.request('conversation/unread', { conversation, from: reply.id })
  assert.equal((await ada.request('conversation/list'))[0]?.unread, 1)
  await ada.request('message/hide', { conversation, messages: [reply.id] })
  assert.equal(await ada.request('message/get', { conversation, message: reply.id }), null)
  await ada.request('message/erase', { conversation, message: id })
  await bob.until('it to be taken back', async () => {
    const message = await bob.request('message/get', { conversation, message: id })
    return message?.erasedBy
  })
  await expectRefusal(ada.request('message/edit', { conversation, message: id, text: 'again' }), 'message-erased')
})

test('messages disappear on both sides, each after its own time, and notes to oneself stay where they are', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  await expectRefusal(ada.request('conversation/lifetime', { conversation, lifetimeMs: 1 }), 'invalid-params')
  await ada.request('conversation/lifetime', { conversation, lifetimeMs: 1_000 })
  await bob.until('the setting', async () => (await bob.request('conversation/list'))[0]?.lifetimeMs)
  const { id } = await bob.request('message/send', { conversation, body: text('short') })
  await untilReceived(ada, conversation, 'short')
  await bob.waitFor('message/removed', ({ messages }) => messages.includes(id))
  assert.equal((await untilState(ada, conversation, id, 'received')).fadesAt, undefined)
  await ada.request('conversation/read', { conversation, upTo: id })
  await ada.waitFor('message/removed', ({ messages }) => messages.includes(id))
  for (const peer of [ada, bob]) assert.equal(await peer.request('message/get', { conversation, message: id }), null)

  const notes = (await ada.request('conversation/self')).conversation
  const note = await ada.request('message/send', { conversation: notes, body: text('to myself') })
  assert.equal(note.state, 'delivered')
  assert.deepEqual(
    (await bob.request('conversation/list')).map((one) => one.id),
    [conversation],
  )
})
