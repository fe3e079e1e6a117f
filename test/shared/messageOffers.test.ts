import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOffers } from '../../src/shared/messageOffers.ts'
import type { Conversation, Message, MessageBody } from '../../src/shared/service.ts'
import { alice as self, bob, conversation as sample, room } from '../host/sampleChat.ts'

const saying = (author: Message['author'], body: MessageBody): Message => ({ author, body }) as Message
const text = { kind: 'text', text: 'hello' } as const
const inRoom = (ownRole: 'owner' | 'member' | 'read-only'): Conversation => room({}, { ownRole })

const passingOn = ['copy', 'link', 'forward', 'select'] as const

test('an own text can be edited and taken back, and one of somebody else cannot', () => {
  assert.deepEqual(messageOffers(sample(), saying(self, text), self), [
    'reply',
    'thread',
    'react',
    'edit',
    ...passingOn,
    'hide',
    'erase',
  ])
  assert.deepEqual(messageOffers(sample(), saying(bob, text), self), [
    'reply',
    'thread',
    'react',
    ...passingOn,
    'unread',
    'hide',
  ])
})

test('a note to oneself can be deleted in one way only, because nobody else has it', () => {
  const offers = messageOffers(sample({ isSelf: true, members: [] }), saying(self, text), self)
  assert.ok(offers.includes('hide') && offers.includes('edit'))
  assert.ok(!offers.includes('erase'))
})

test('in a room the roles decide', () => {
  assert.ok(messageOffers(inRoom('owner'), saying(bob, text), self).includes('erase'))
  assert.ok(!messageOffers(inRoom('member'), saying(bob, text), self).includes('erase'))
  assert.ok(messageOffers(inRoom('owner'), saying(bob, text), self).includes('pin'))
  assert.ok(!messageOffers(inRoom('member'), saying(bob, text), self).includes('pin'))
  assert.deepEqual(messageOffers(inRoom('read-only'), saying(bob, text), self), [
    'thread',
    ...passingOn,
    'unread',
    'hide',
  ])
})

test('what was deleted can be hidden, and a line about the conversation is left alone', () => {
  assert.deepEqual(messageOffers(sample(), saying(bob, { kind: 'unreadable', why: 'erased' }), self), [
    'select',
    'hide',
  ])
  assert.deepEqual(messageOffers(sample(), saying(bob, { kind: 'notice', notice: 'verified', person: bob }), self), [])
})

test('a file is answered, pinned and forwarded as a text is; there is nothing of it to copy', () => {
  const file = { kind: 'file', name: 'kettle.png', size: 5, mediaType: 'image/png' } as const
  const offers = messageOffers(inRoom('owner'), saying(bob, file), self)
  for (const offer of ['reply', 'thread', 'react', 'link', 'forward', 'select', 'pin', 'erase'] as const)
    assert.ok(offers.includes(offer), offer)
  assert.ok(!offers.includes('copy'))
})

test('where nothing can be written, nothing is offered that would write', () => {
  const { members } = sample()
  const [contact] = members
  assert.ok(contact !== undefined)
  const blocked = sample({ members: [{ ...contact, blocked: true }] })
  const incomplete = room({}, { ownRole: 'owner', isIncomplete: true })
  for (const silent of [blocked, incomplete])
    for (const offer of ['reply', 'react', 'edit', 'erase'] as const)
      assert.ok(!messageOffers(silent, saying(self, text), self).includes(offer), offer)
})
