import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversationOf, waitingIdOf } from '../../../src/host/conversations/commandArguments.ts'
import { attentionCount, rowLook, treeRows } from '../../../src/host/conversations/treeRows.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import type { ConversationId, InviteId, PersonId } from '../../../src/shared/ids.ts'
import type { Conversation, OwnInvite, PendingJoin } from '../../../src/shared/service.ts'
import { waitingInvites } from '../../../src/host/view/waitingInvites.ts'
import { plainEnglish } from '../plainEnglish.ts'

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
const invite = (part: Partial<OwnInvite> = {}): OwnInvite => ({
  invite: '1'.repeat(32) as InviteId,
  expiresAt: 5,
  autoAccept: false,
  state: 'live',
  ...part,
})
const join = (part: Partial<PendingJoin> = {}): PendingJoin => ({
  join: '2'.repeat(32),
  inviter: '0512 5777',
  expiresAt: 6,
  state: 'unreachable',
  ...part,
})
const joining = invite({ state: 'joining', joiner: { person, name: 'Mallory' } })
const snapshot = (part: Partial<ChatSnapshot>): ChatSnapshot => ({
  phase: 'running',
  conversations: [],
  invites: [],
  joins: [],
  offers: [],
  requests: [],
  ...part,
})
const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '')
const look = (row: Parameters<typeof rowLook>[0]) => rowLook(row, plainEnglish, (at) => `<${String(at)}>`)

test('who waits for an answer comes first, then conversations, joins and open invites; the rest is left out', () => {
  const rows = treeRows(
    snapshot({
      conversations: [conversation()],
      invites: [
        invite(),
        joining,
        invite({ state: 'used' }),
        invite({ state: 'expired' }),
        { ...joining, autoAccept: true },
      ],
      joins: [join(), join({ state: 'joined' })],
    }),
    0,
  )
  assert.deepEqual(
    rows.map((row) => look(row).context),
    ['invite.joining', 'conversation.unverified', 'join.waiting', 'invite.live'],
  )
})

test('a conversation says who, how many unread, and whether they are there, also to a screen reader', () => {
  const shown = look({ kind: 'conversation', conversation: conversation({ unread: 2, online: true }), isMuted: false })
  assert.equal(plain(shown.label), 'Bob')
  assert.equal(shown.description, '2 unread · online')
  assert.equal(plain(shown.spoken), 'Bob, 2 unread · online, not verified')
  assert.notEqual(shown.icon, look({ kind: 'conversation', conversation: conversation(), isMuted: false }).icon)
})

test('joins say how they stand, and why they failed', () => {
  assert.equal(look({ kind: 'join', join: join() }).description, 'inviter is offline, until <6>')
  const failed = look({ kind: 'join', join: join({ state: 'failed', reason: 'invite-refused' }) })
  assert.deepEqual([failed.context, failed.description], ['join.failed', 'Whoever invited you declined.'])
})

test('the badge counts unread messages and people who wait for an answer', () => {
  const conversations = [conversation({ unread: 2 }), conversation({ unread: 1 })]
  assert.equal(attentionCount(snapshot({ conversations, invites: [joining, invite()] }), 0), 4)
})

test('the start screen lists what is open, what needs an answer first', () => {
  const waiting = waitingInvites(
    snapshot({ invites: [invite(), joining], joins: [join(), join({ state: 'joined' })] }),
    plainEnglish,
  )
  assert.deepEqual(
    waiting.map(({ kind }) => kind),
    ['confirming', 'joining', 'inviting'],
  )
  assert.equal(plain(waiting[0]?.sentence ?? ''), 'Mallory wants to talk to you')
})

test('command arguments of any shape name what they mean, or nothing', () => {
  const { id } = conversation()
  assert.equal(conversationOf(id), id)
  assert.equal(conversationOf({ kind: 'conversation', conversation: conversation() }), id)
  assert.equal(waitingIdOf({ kind: 'invite', invite: invite() }), '1'.repeat(32))
  assert.equal(waitingIdOf({ kind: 'join', join: join() }), '2'.repeat(32))
  for (const value of [undefined, null, 1, {}, { conversation: { id: 'x' } }, { invite: 1 }, []]) {
    assert.equal(conversationOf(value), undefined)
    assert.equal(waitingIdOf(value), undefined)
  }
})
