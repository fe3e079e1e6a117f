import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copiedText } from '../../../src/host/messages/copiedText.ts'
import { alice, conversation, conversationId, message, ready } from '../sampleChat.ts'

test('messages are copied with who wrote them and when, in order, without what cannot be read', () => {
  const messages = [
    message(1),
    { ...message(2), author: alice, body: { kind: 'snippet' as const, language: 'c', text: 'x();\n' } },
    { ...message(3), body: { kind: 'unreadable' as const, why: 'erased' as const } },
  ]
  const text = copiedText(
    { conversations: [conversation()], identity: ready },
    conversationId,
    messages,
    (at) => `at ${at}`,
  )
  assert.equal(text, 'Bob, at 1\nmessage 1\n\nAlice, at 2\nx();')
})
