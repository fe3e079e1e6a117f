import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversationOf } from '../../../src/host/conversations/commandArguments.ts'
import { attentionCount, badgeWords, rowLook, treeRows } from '../../../src/host/conversations/treeRows.ts'
import type { ConversationId, PersonId } from '../../../src/shared/ids.ts'
import type { Conversation } from '../../../src/shared/service.ts'
import { plain, plainEnglish } from '../plainEnglish.ts'
import { snapshot } from '../sampleChat.ts'

const person = 'a'.repeat(64) as PersonId
const conversation = (part: Partial<Conversation> = {}): Conversation => ({
  id: 'c'.repeat(64) as ConversationId,
  kind: 'direct',
  title: 'Bob',
  members: [{ person, name: 'Bob', verified: false }],
  unread: 0,
  online: false,
  missing: 0,
  notify: { level: 'all' },
  ...part,
})
const look = (row: Parameters<typeof rowLook>[0]) => rowLook(row, plainEnglish)

test('a conversation says who, how many unread, and whether they are there, also to a screen reader', () => {
  const shown = look({ conversation: conversation({ unread: 2, online: true }), isMuted: false })
  assert.equal(plain(shown.label), 'Bob')
  assert.equal(shown.description, '2 unread · online')
  assert.equal(plain(shown.spoken), 'Bob, 2 unread · online, not verified')
  assert.notEqual(shown.icon, look({ conversation: conversation(), isMuted: false }).icon)
})

test('the badge counts unread messages', () => {
  const conversations = [conversation({ unread: 2 }), conversation({ unread: 1 })]
  assert.equal(attentionCount(snapshot({ conversations }), 0), 3)
  assert.equal(treeRows(snapshot({ conversations }), 0).length, 2)
})

test('the badge says what it stands for', () => {
  assert.equal(badgeWords(1, 0, plainEnglish), '1 new message')
  assert.equal(badgeWords(2, 1, plainEnglish), '2 new messages, 1 waits for your answer')
  assert.equal(badgeWords(0, 2, plainEnglish), '2 wait for your answer')
})

test('command arguments of any shape name a conversation, or nothing', () => {
  const { id } = conversation()
  assert.equal(conversationOf(id), id)
  assert.equal(conversationOf({ conversation: conversation() }), id)
  for (const value of [undefined, null, 1, {}, { conversation: { id: 'x' } }, { invite: 1 }, []])
    assert.equal(conversationOf(value), undefined)
})
