import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeSentence } from '../../../src/host/notify/noticeSentence.ts'
import type { Notice } from '../../../src/host/notify/noticeSentence.ts'
import type { Message } from '../../../src/shared/service.ts'
import { plainEnglish } from '../plainEnglish.ts'
import { conversation, message, room } from '../sampleChat.ts'

const say = (notices: readonly Notice[], hasText = false): string =>
  noticeSentence(notices, hasText, plainEnglish).replace(/[\u2068\u2069]/gu, '')
const mention: Message = { ...message(2), mentionsSelf: true }
const carol = conversation({ title: 'Carol' })

for (const [what, notices, sentence] of [
  ['one message', [{ conversation: conversation(), messages: [message(1)] }], 'New message from Bob'],
  [
    'several of one person',
    [{ conversation: conversation(), messages: [message(1), message(2)] }],
    '2 new messages from Bob',
  ],
  ['one in a room', [{ conversation: room(), messages: [message(1)] }], 'New message from Bob in Kettle'],
  [
    'several in a room',
    [{ conversation: room(), messages: [message(1), message(2)] }],
    '2 new messages from Bob in Kettle',
  ],
  [
    'a mention among others',
    [{ conversation: room(), messages: [message(1), mention] }],
    'Bob mentioned you in Kettle',
  ],
  [
    'two conversations',
    [
      { conversation: conversation(), messages: [message(1)] },
      { conversation: carol, messages: [message(2)] },
    ],
    'New messages: Bob, Carol',
  ],
  [
    'more conversations than a sentence holds',
    [conversation(), carol, room(), conversation({ title: 'Dan' })].map((one) => ({
      conversation: one,
      messages: [message(1)],
    })),
    'New messages: Bob, Carol, Kettle and 1 more',
  ],
  [
    'a mention beside another conversation',
    [
      { conversation: carol, messages: [message(1)] },
      { conversation: room(), messages: [mention] },
    ],
    'Bob mentioned you in Kettle, and new messages in 1 other conversation',
  ],
] as const satisfies readonly (readonly [string, readonly Notice[], string])[])
  test(`a notification of ${what} says so in a sentence`, () => {
    assert.equal(say(notices), sentence)
  })

test('the text stands in a notification only where the user wants that, and never as a link', () => {
  const written: Message = { ...message(1), body: { kind: 'text', text: 'see [this](command:x)\n\u202e$(bug)' } }
  const notices = [{ conversation: conversation(), messages: [written] }]
  assert.equal(say(notices), 'New message from Bob')
  assert.equal(say(notices, true), 'New message from Bob: see [this] (command:x) [U+202E]$ (bug)')
})

test('nothing to tell is no sentence', () => {
  assert.equal(say([]), '')
})
