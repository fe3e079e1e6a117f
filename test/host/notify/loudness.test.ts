import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attentionCount, nextUnmute, treeRows } from '../../../src/host/conversations/treeRows.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { isLoud, loudCount } from '../../../src/host/notify/loudness.ts'
import { tomorrowMorning } from '../../../src/host/notify/tomorrowMorning.ts'
import type { NotificationLevel } from '../../../src/shared/rooms.ts'
import type { Conversation, Message } from '../../../src/shared/service.ts'
import { conversation, message, room } from '../sampleChat.ts'

const now = 1_000
const at = (level: NotificationLevel, mutedUntil?: number): Pick<Conversation, 'notify'> => ({
  notify: { level, ...(mutedUntil === undefined ? {} : { mutedUntil }) },
})
const mention: Message = { ...message(1), mentionsSelf: true }

test('a room tells of everything, of mentions or of nothing, and a mute silences all of it while it lasts', () => {
  const cases: readonly (readonly [Pick<Conversation, 'notify'>, boolean, boolean])[] = [
    [at('all'), true, true],
    [at('mentions'), false, true],
    [at('nothing'), false, false],
    [at('all', now + 1), false, false],
    [at('mentions', now + 1), false, false],
    [at('all', now), true, true],
  ]
  for (const [notify, plain, named] of cases) {
    assert.deepEqual([isLoud(room(notify), message(1), now), isLoud(room(notify), mention, now)], [plain, named])
  }
})

test('in a direct conversation every message is meant for the user', () => {
  assert.ok(isLoud(conversation(at('mentions')), message(1), now))
  assert.equal(loudCount(conversation({ unread: 3, ...at('mentions') }), now), 3)
})

test('own messages and lines about a room are never told of', () => {
  assert.ok(!isLoud(room(), { ...message(1), state: 'sent' }, now))
  assert.ok(!isLoud(room(), { ...message(1), body: { kind: 'room', change: 'rekeyed' } }, now))
})

test('the badge counts what one wants to be told of', () => {
  const snapshot: ChatSnapshot = {
    phase: 'running',
    conversations: [
      room({ unread: 10, ...at('mentions') }, { mentions: 2 }),
      room({ unread: 7, ...at('nothing') }, { mentions: 1 }),
      conversation({ unread: 5, ...at('all', now + 5) }),
      conversation({ unread: 1 }),
    ],
    invites: [],
    joins: [],
    offers: [],
    requests: [],
  }
  assert.equal(attentionCount(snapshot, now), 3)
  assert.equal(attentionCount(snapshot, now + 5), 8)
  assert.equal(nextUnmute(snapshot, now), now + 5)
  assert.equal(nextUnmute(snapshot, now + 5), undefined)
  assert.deepEqual(
    treeRows(snapshot, now).map((row) => row.isMuted),
    [false, false, true, false],
  )
})

test('tomorrow begins at eight in the morning of the next day, also over the end of a month', () => {
  const evening = new Date(2026, 0, 31, 23, 50).getTime()
  assert.equal(tomorrowMorning(evening), new Date(2026, 1, 1, 8).getTime())
})
