import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createThreadPort } from '../../../src/host/view/threadPort.ts'
import type { ChatModel } from '../../../src/host/life/chatModel.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { HostToWebview } from '../../../src/shared/webviewProtocol.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { conversationId, message, messageId, settle } from '../sampleChat.ts'

const root = messageId(1)
const answer = (clock: number): Message => ({ ...message(clock), body: { kind: 'text', text: 'yes', thread: root } })

/** A port over a thread in memory. */
function withThread(thread: { root: Message | null; messages: readonly Message[]; hasMore?: boolean }) {
  const heard = { added: new Emitter<unknown>(), changed: new Emitter<unknown>(), removed: new Emitter<unknown>() }
  const leader = new Emitter<void>()
  const page = { hasMore: false, ...thread }
  const asked: unknown[] = []
  const model = {
    request: (method: string, params: unknown) => {
      asked.push([method, params])
      return Promise.resolve(method === 'draft/get' ? { text: 'half' } : page)
    },
    on: (name: string, listener: (value: unknown) => void) =>
      heard[name.replace('message/', '') as keyof typeof heard].event(listener),
    onDidChangeLeader: leader.event,
  } as unknown as ChatModel
  const posted: HostToWebview[] = []
  const port = createThreadPort({ model, post: (one) => posted.push(one), log: new RecordingLog() })
  const open = () => port.handle({ type: 'openThread', conversation: conversationId, message: root })
  return { heard, leader, page, posted, port, open, asked }
}

test('a thread comes with what it began with and what was half written, and is followed from then on', async () => {
  const { heard, posted, open, port, leader, page } = withThread({ root: message(1), messages: [answer(2)] })
  const opening = open()
  heard.added.fire({ conversation: conversationId, message: answer(3) })
  await opening
  heard.added.fire({ conversation: conversationId, message: answer(3) })
  heard.added.fire({ conversation: conversationId, message: message(4) })
  heard.removed.fire({ conversation: conversationId, messages: [messageId(2)] })
  assert.deepEqual(posted, [
    { type: 'thread', root, page: { messages: [message(1), answer(2)], hasMore: false, draft: 'half' } },
    { type: 'inThread', root, event: { type: 'added', messages: [answer(3)] } },
    { type: 'inThread', root, event: { type: 'removed', messages: [messageId(2)] } },
  ])
  posted.length = 0
  page.messages = [answer(2), answer(5)]
  leader.fire()
  await settle()
  assert.deepEqual(posted[0], { type: 'inThread', root, event: { type: 'added', messages: [answer(5)] } })
  posted.length = 0
  await port.handle({ type: 'closeThread' })
  heard.added.fire({ conversation: conversationId, message: answer(6) })
  assert.deepEqual(posted, [])
})

test('of a thread that is not here nothing is shown, and its earlier answers come as they are asked for', async () => {
  const gone = withThread({ root: null, messages: [] })
  await gone.open()
  assert.deepEqual(gone.posted, [{ type: 'thread', root }])
  const { port, posted, asked } = withThread({ root: null, messages: [answer(2)], hasMore: true })
  const place = { conversation: conversationId, message: root, before: messageId(9) }
  await port.handle({ type: 'loadThread', request: 4, ...place })
  assert.deepEqual(asked, [['message/thread', { ...place, limit: 100 }]])
  assert.deepEqual(posted, [
    { type: 'inThread', root, event: { type: 'older', request: 4, messages: [answer(2)], hasMore: true } },
  ])
})
