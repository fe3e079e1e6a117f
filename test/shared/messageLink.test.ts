import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findMessageLinks, messageFragment, parseMessageFragment } from '../../src/shared/messageLink.ts'
import type { ConversationId, MessageId } from '../../src/shared/ids.ts'

const conversation = 'ab'.repeat(32) as ConversationId
const message = 'cd'.repeat(38) as MessageId

test('a link names a message and its conversation, and nothing else', () => {
  const fragment = messageFragment({ conversation, message })
  assert.equal(fragment, `${conversation}.${message}`)
  assert.deepEqual(parseMessageFragment(fragment), { conversation, message })
})

test('whatever is not exactly such a link is none', () => {
  const near = [
    '',
    conversation,
    `${conversation}.`,
    `.${message}`,
    `${message}.${conversation}`,
    `${conversation}.${message}.`,
    `${conversation}.${message}\n`,
    ` ${conversation}.${message}`,
    `${conversation.toUpperCase()}.${message}`,
    `${conversation}/${message}`,
    'x'.repeat(1_000_000),
  ]
  for (const fragment of [...near, undefined, null, 7, {}, []]) assert.equal(parseMessageFragment(fragment), undefined)
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.equal(parseMessageFragment(value), undefined)
    }),
  )
})

test('links to messages are found in a text, of whatever editor, and nothing that is only like one', () => {
  const link = `://tincan.tincan/message#${messageFragment({ conversation, message })}`
  const text = `See vscode${link}, (vscodium${link}) and code-oss${link}.`
  const found = findMessageLinks(text)
  assert.deepEqual(
    found.map(({ from, to }) => text.slice(from, to)),
    ['vscode', 'vscodium', 'code-oss'].map((scheme) => scheme + link),
  )
  for (const one of found) assert.deepEqual([one.conversation, one.message], [conversation, message])
  for (const other of [
    `${link} alone`,
    `vscode${link}0`,
    `vscode${link}.more`,
    `vscode${link.slice(0, -1)}`,
    `vscode${link.replace('tincan.tincan', 'tincan.evil')}`,
    `vscode${link.replace('message', 'join')}`,
  ])
    assert.deepEqual(findMessageLinks(other), [], other)
})
