import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChatError } from '../../../src/shared/chatError.ts'
import { conversation, createSampleChat, message, ready, settle } from '../sampleChat.ts'

test('the snapshot holds what the chat says once it runs', async () => {
  const { life, model } = createSampleChat()
  assert.deepEqual([model.snapshot.phase, model.snapshot.identity], ['starting', undefined])
  await life.start()
  await settle()
  assert.equal(model.snapshot.phase, 'running')
  assert.deepEqual(model.snapshot.identity, ready)
  assert.deepEqual(model.snapshot.conversations, [conversation()])
})

test('a request made while the chat starts waits for it', async () => {
  const { life, model } = createSampleChat()
  const list = model.request('conversation/list', {})
  await life.start()
  assert.deepEqual(await list, [conversation()])
})

test('a request to a chat that has ended is refused', async () => {
  const { life, model } = createSampleChat()
  await life.dispose()
  await assert.rejects(
    model.request('conversation/list', {}),
    (error) => error instanceof ChatError && error.code === 'disposed',
  )
})

test('conversations are kept up to date, the most recently active first', async () => {
  const older = conversation({ id: '1'.repeat(64) as never, last: { ...message(1), summary: '' } })
  const { life, model, service } = createSampleChat({ conversations: [older, conversation()] })
  await life.start()
  await settle()
  const newer = conversation({ unread: 1, last: { ...message(2), summary: '' } })
  service.fire('conversation/changed', { conversation: newer })
  assert.deepEqual(model.snapshot.conversations, [newer, older])
})

test('listeners of the model hear the chat that runs, over restarts, and never one that was closed', async () => {
  const { life, model, service } = createSampleChat()
  const heard: number[] = []
  model.on('message/added', ({ message: { clock } }) => heard.push(clock))
  const say = (clock: number): void =>
    service.fire('message/added', { conversation: conversation().id, message: message(clock) })
  await life.start()
  say(1)
  await life.restart()
  say(2)
  await life.dispose()
  say(3)
  assert.deepEqual(heard, [1, 2])
})

test('a new identity is known as soon as it is there', async () => {
  const { life, model } = createSampleChat({ identity: { kind: 'none' } })
  await life.start()
  await settle()
  assert.deepEqual(model.snapshot.identity, { kind: 'none' })
  await model.request('identity/create', { name: 'Alice' })
  await settle()
  assert.deepEqual(model.snapshot.identity, ready)
})
