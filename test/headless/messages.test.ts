import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SnippetBody } from '../../src/shared/service.ts'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { onlyConversation, planted, readAll, text, textsOf, untilReceived, untilState, World } from './world.ts'

const snippet: SnippetBody = {
  kind: 'snippet',
  language: 'typescript',
  path: 'src/core/chat.ts',
  lines: { first: 3, last: 4 },
  git: { remote: 'https://example.org/tincan.git', commit: 'ab'.repeat(20) },
  text: `const planted = "${planted}"\n\treturn planted // ünïcode 🧵\n`,
}

test('a snippet arrives complete: language, path, lines, remote, commit and text', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const bodies = [snippet, { kind: 'snippet', language: 'plaintext', text: `${planted}\n` } as const]
  for (const body of bodies) {
    const { id } = await ada.request('message/send', { conversation, body })
    await untilState(ada, conversation, id, 'delivered')
  }
  for (const peer of [ada, bob]) {
    const got = await readAll(peer, conversation)
    assert.deepEqual(
      got.map(({ body }) => body),
      bodies,
    )
  }
})

test('bodies that break a rule are refused, and change nothing', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const bad: unknown[] = [
    undefined,
    null,
    'text',
    {},
    { kind: 'text' },
    { kind: 'text', text: 7 },
    { kind: 'text', text: '' },
    { kind: 'text', text: '\ud800' },
    { kind: 'dance', text: 'x' },
    { kind: 'notice', notice: 'verified', person: 'ab'.repeat(32) },
    { ...snippet, text: '' },
    { ...snippet, language: 7 },
    { ...snippet, path: '/etc/passwd' },
    { ...snippet, path: '../secret' },
    { ...snippet, path: 'a/../../b' },
    { ...snippet, path: 'C:\\windows' },
    { ...snippet, path: 'a\\b' },
    { ...snippet, lines: { first: 0, last: 1 } },
    { ...snippet, lines: { first: 2, last: 1 } },
    { ...snippet, lines: { first: 1.5, last: 2 } },
    { ...snippet, git: 'main' },
  ]
  for (const body of bad) {
    await expectRefusal(ada.requestRaw('message/send', { conversation, body }), 'invalid-params')
  }
  for (const body of [
    { kind: 'text', text: 'x'.repeat(16 * 1024 + 1) },
    { kind: 'text', text: 'ü'.repeat(8 * 1024 + 1) },
    { ...snippet, text: 'x'.repeat(16 * 1024 + 1) },
  ]) {
    await expectRefusal(ada.requestRaw('message/send', { conversation, body }), 'message-too-long')
  }
  assert.deepEqual(await readAll(ada, conversation), [])
  await ada.request('message/send', { conversation, body: text('fine') })
  await untilReceived(bob, conversation, 'fine')
  assert.equal((await readAll(bob, conversation)).length, 1)
})

test('the longest text there may be arrives', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const words = 'ü'.repeat((16 * 1024 - planted.length - 1) / 2 - 1)
  const { id } = await ada.request('message/send', { conversation, body: text(words) })
  await untilState(ada, conversation, id, 'delivered')
  assert.deepEqual(textsOf(await readAll(bob, conversation)), [words])
})

test('conversations and messages that are not there are refused', async (t) => {
  const world = await World.open(t)
  const { ada, conversation } = await friends(world)
  const { id } = await ada.request('message/send', { conversation, body: text('one') })
  const nowhere = 'ab'.repeat(32)
  const noMessage = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
  for (const [method, params] of [
    ['message/send', { conversation: nowhere, body: text('x') }],
    ['conversation/history', { conversation: nowhere, limit: 10 }],
    ['conversation/read', { conversation: nowhere, upTo: id }],
    ['draft/get', { conversation: nowhere }],
    ['draft/set', { conversation: nowhere, text: 'x' }],
  ] as const) {
    await expectRefusal(ada.requestRaw(method, params), 'unknown-conversation')
  }
  await expectRefusal(ada.requestRaw('conversation/read', { conversation, upTo: noMessage }), 'unknown-message')
  for (const [method, params] of [
    ['message/send', {}],
    ['message/send', { conversation: 7, body: text('x') }],
    ['message/send', { conversation: conversation.toUpperCase(), body: text('x') }],
    ['conversation/history', { conversation, limit: 0 }],
    ['conversation/history', { conversation, limit: 201 }],
    ['conversation/history', { conversation, limit: 1.5 }],
    ['conversation/history', { conversation, limit: '10' }],
    ['conversation/history', { conversation }],
    ['conversation/history', { conversation, limit: 10, before: 'x' }],
    ['conversation/read', { conversation, upTo: 7 }],
    ['draft/set', { conversation, text: 7 }],
    ['invite/create', { kind: 'room' }],
    ['invite/create', { kind: 'contact', expiresInMs: -1 }],
    ['invite/create', { kind: 'contact', expiresInMs: 'soon' }],
    ['invite/create', { kind: 'contact', autoAccept: 'yes' }],
    ['safety/number', { person: 'x' }],
    ['safety/verify', { person: 'ab'.repeat(32), verified: 1 }],
  ] as const) {
    await expectRefusal(ada.requestRaw(method, params), 'invalid-params')
  }
})

test('history comes in pages, newest page first, each oldest first, without gap or overlap', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  const words = Array.from({ length: 45 }, (_, i) => `message ${i}`)
  await Promise.all(words.map((word) => ada.request('message/send', { conversation, body: text(word) })))
  await untilReceived(bob, conversation, 'message 44')
  // States that still change would differ from page to page.
  await ada.until('all delivered', async () => {
    const { messages } = await ada.request('conversation/history', { conversation, limit: 45 })
    return messages.every(({ state }) => state === 'delivered') || undefined
  })
  for (const peer of [ada, bob]) {
    const whole = await peer.request('conversation/history', { conversation, limit: 200 })
    assert.equal(whole.hasMore, false)
    const pages: (typeof whole)[] = []
    for (let before = undefined as (typeof whole.messages)[number]['id'] | undefined; ;) {
      const page = await peer.request('conversation/history', { conversation, limit: 10, ...(before && { before }) })
      pages.unshift(page)
      before = page.messages[0]?.id
      if (!page.hasMore) break
      assert.equal(page.messages.length, 10)
    }
    assert.deepEqual(
      pages.flatMap(({ messages }) => messages),
      whole.messages,
    )
    assert.deepEqual(textsOf(whole.messages.filter(({ body }) => body.kind === 'text')), words)
  }
})

test('unread is counted for what others wrote, and goes down with the marker, over a restart too', async (t) => {
  const world = await World.open(t)
  const { homes, ada, bob, conversation } = await friends(world)
  for (const word of ['one', 'two', 'three']) await ada.request('message/send', { conversation, body: text(word) })
  await untilReceived(bob, conversation, 'three')
  assert.equal((await onlyConversation(ada)).unread, 0)
  await bob.until('three unread', async () => (await onlyConversation(bob)).unread === 3 || undefined)

  const two = (await readAll(bob, conversation))[1]
  assert.ok(two)
  await bob.request('conversation/read', { conversation, upTo: two.id })
  const afterTwo = await onlyConversation(bob)
  assert.deepEqual([afterTwo.unread, afterTwo.readUpTo], [1, two.id])
  await bob.kill()
  const bob2 = await homes.bob.start()
  const restarted = await onlyConversation(bob2)
  assert.deepEqual([restarted.unread, restarted.readUpTo], [1, two.id])

  const own = await bob2.request('message/send', { conversation, body: text('my answer') })
  await bob2.request('conversation/read', { conversation, upTo: own.id })
  assert.equal((await onlyConversation(bob2)).unread, 0)
  const [one] = await readAll(bob2, conversation)
  assert.ok(one)
  await bob2.request('conversation/read', { conversation, upTo: one.id })
  assert.equal((await onlyConversation(bob2)).readUpTo, own.id, 'a marker never goes back')
})

test('the list shows the last message of a conversation, shortened to a line', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  await ada.request('message/send', { conversation, body: text('first line\nsecond line') })
  const { id } = await untilReceived(bob, conversation, 'first line\nsecond line')
  const last = await bob.until('the last message', async () => {
    const only = await onlyConversation(bob)
    return only.last?.id === id ? only.last : undefined
  })
  assert.match(last.summary, new RegExp(`^${planted} first line`))
  assert.doesNotMatch(last.summary, /\n/)
})

test('a draft survives kill -9, and an empty one is none', async (t) => {
  const world = await World.open(t)
  const { homes, ada, conversation } = await friends(world)
  const draft = `${planted} half a thought\nand more 🧵`
  assert.deepEqual(await ada.request('draft/get', { conversation }), { text: '' })
  await ada.request('draft/set', { conversation, text: draft })
  await ada.kill()
  const again = await homes.ada.start()
  assert.deepEqual(await again.request('draft/get', { conversation }), { text: draft })
  await again.request('draft/set', { conversation, text: '' })
  assert.deepEqual(await again.request('draft/get', { conversation }), { text: '' })
})
