import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLastingChat } from '../../../src/host/life/lastingChat.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { deferred } from '../../../src/shared/deferred.ts'
import type { ServiceRequests } from '../../../src/shared/service.ts'
import { FakeChatService } from '../../doubles/fakeChatService.ts'
import { conversation, messageId } from '../sampleChat.ts'

type Sent = ServiceRequests['message/send']['result']
const { id } = conversation()
const sent: Sent = { id: messageId(1), seq: 1, state: 'queued' }
const send = { conversation: id, body: { kind: 'text', text: 'once' } } as const

const create = () => createLastingChat((error) => assert.fail(String(error)))

test('what is asked while nobody leads waits for whoever does', async () => {
  const lasting = create()
  const list = lasting.request('conversation/list', {})
  lasting.attach(new FakeChatService({ 'conversation/list': () => [conversation()] }))
  assert.deepEqual(await list, [conversation()])
  lasting.detach()
  const again = lasting.request('conversation/list', {})
  lasting.attach(new FakeChatService({ 'conversation/list': () => [] }))
  assert.deepEqual(await again, [])
})

test('a message whose leader gave no answer is sent again with the same token, so that it exists once', async () => {
  for (const code of ['leader-changed', 'disposed'] as const) {
    const lasting = create()
    const answer = deferred<Sent>()
    const first = new FakeChatService({ 'message/send': () => answer.promise })
    const second = new FakeChatService({ 'message/send': () => sent })
    lasting.attach(first)
    const result = lasting.request('message/send', send)
    await Promise.resolve()
    lasting.detach()
    answer.reject(chatError(code))
    lasting.attach(second)
    assert.deepEqual(await result, sent)
    assert.deepEqual(first.requests, second.requests)
    const [request] = second.requests
    assert.match(String((request?.params as { token?: unknown }).token), /^[0-9a-f]{32}$/)
  }
})

test('two messages never have the same token', async () => {
  const lasting = create()
  const chat = new FakeChatService({ 'message/send': () => sent })
  lasting.attach(chat)
  for (let i = 0; i < 2; i++) await lasting.request('message/send', send)
  const [one, two] = chat.requests.map(({ params }) => (params as { token: string }).token)
  assert.notEqual(one, two)
})

test('a loss that is heard before the window noticed it waits for the next leader instead of asking in circles', async () => {
  const lasting = create()
  const first = new FakeChatService({
    'conversation/list': () => {
      throw chatError('leader-changed')
    },
  })
  lasting.attach(first)
  const list = lasting.request('conversation/list', {})
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(first.requests.length, 1)
  lasting.attach(new FakeChatService({ 'conversation/list': () => [] }))
  assert.deepEqual(await list, [])
})

test('what would happen twice is not asked twice: it is said that the leader changed', async () => {
  const lasting = create()
  const second = new FakeChatService()
  lasting.attach(
    new FakeChatService({
      'invite/create': () => {
        throw chatError('disposed')
      },
    }),
  )
  const invite = lasting.request('invite/create', { kind: 'contact' })
  lasting.attach(second)
  await assert.rejects(invite, { code: 'leader-changed' })
  assert.deepEqual(second.requests, [])
})

test('a refusal of the chat itself is passed on at once', async () => {
  const lasting = create()
  lasting.attach(
    new FakeChatService({
      'message/send': () => {
        throw chatError('store-failed')
      },
    }),
  )
  await assert.rejects(lasting.request('message/send', send), { code: 'store-failed' })
})

test('what waits is refused when it turns out that there is nobody to wait for', async () => {
  const lasting = create()
  const list = lasting.request('conversation/list', {})
  lasting.refuse(chatError('in-use'))
  await assert.rejects(list, { code: 'in-use' })
  await assert.rejects(lasting.request('conversation/list', {}), { code: 'in-use' })
  lasting.dispose()
  await assert.rejects(lasting.request('conversation/list', {}), { code: 'disposed' })
})
