import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDiscussionBook, maxInFile } from '../../../src/host/discuss/discussionBook.ts'
import type { Message, SnippetBody } from '../../../src/shared/service.ts'
import { conversationId, createSampleChat, message, messageId, settle } from '../sampleChat.ts'

const snippet = (clock: number, part: Partial<SnippetBody> = {}): Message => ({
  ...message(clock),
  body: {
    kind: 'snippet',
    language: 'ts',
    text: `secret line ${clock}`,
    path: 'src/kettle.ts',
    git: { remote: 'git@github.com:Ada/kettle.git' },
    ...part,
  },
})

const kettle = ['github.com/ada/kettle']

/** A book over some messages that are there before it asks. */
async function withBook(messages: readonly Message[]) {
  const chat = createSampleChat({ messages: [...messages] })
  await chat.life.start()
  await settle()
  const book = createDiscussionBook({ model: chat.model, log: chat.log })
  let changes = 0
  book.onDidChange(() => (changes += 1))
  const about = (path = 'src/kettle.ts', identities: readonly string[] = kettle) =>
    book.about(identities, [path]).map((each) => each.message)
  return { ...chat, book, about, changes: () => changes }
}

test('what was sent before is read when it is first asked for, and told once it is there', async () => {
  const { about, changes, book } = await withBook([message(1), snippet(2), snippet(3, { path: 'src/tea.ts' })])
  assert.deepEqual(about(), [])
  await settle()
  assert.equal(changes(), 1)
  assert.deepEqual(about(), [messageId(2)])
  assert.deepEqual(about('src/tea.ts'), [messageId(3)])
  assert.deepEqual(about('src/kettle.ts', ['github.com/bob/kettle']), [])
  book.dispose()
})

test('only snippets that say their repository and their file are discussions', async () => {
  const { about } = await withBook([snippet(1, { git: {} }), snippet(2, { git: { remote: 'not an address' } })])
  about()
  await settle()
  assert.deepEqual(about(), [])
})

test('what comes is told, what changes is changed, and what is erased is gone', async () => {
  const { about, service, changes, book } = await withBook([])
  about()
  await settle()
  const before = changes()
  service.fire('message/added', { conversation: conversationId, message: snippet(5) })
  service.fire('message/added', { conversation: conversationId, message: message(6) })
  assert.deepEqual([about(), changes() - before], [[messageId(5)], 1])
  service.fire('message/changed', {
    conversation: conversationId,
    message: { ...snippet(5), replies: { count: 3, last: messageId(6), lastAt: 6 } },
  })
  assert.equal(book.about(kettle, ['src/kettle.ts'])[0]?.replies, 3)
  const erased: Message = { ...message(5), body: { kind: 'unreadable', why: 'erased' } }
  service.fire('message/changed', { conversation: conversationId, message: erased })
  assert.deepEqual([about(), changes() - before], [[], 3])
})

test('of one file the newest few are told, oldest first', async () => {
  const { about, service } = await withBook([])
  about()
  await settle()
  for (let clock = maxInFile + 5; clock >= 1; clock--)
    service.fire('message/added', { conversation: conversationId, message: snippet(clock) })
  assert.deepEqual(
    about(),
    Array.from({ length: maxInFile }, (_, index) => messageId(index + 6)),
  )
})

test('nothing of the code is logged, not even when the messages cannot be read', async () => {
  const { model, log } = await withBook([])
  const book = createDiscussionBook({
    model: {
      snapshot: model.snapshot,
      onDidChange: model.onDidChange,
      on: (name, listener) => model.on(name, listener),
      request: () => Promise.reject(new Error('secret line 1')),
    },
    log,
  })
  book.about(kettle, ['src/kettle.ts'])
  await settle()
  assert.match(log.text, /discussed lines could not be read/)
  assert.doesNotMatch(log.text, /secret|kettle/)
})
