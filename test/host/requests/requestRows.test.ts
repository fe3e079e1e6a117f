import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitingIdOf } from '../../../src/host/conversations/commandArguments.ts'
import type { InviteId, PersonId } from '../../../src/shared/ids.ts'
import type { OwnInvite, PendingJoin } from '../../../src/shared/service.ts'
import { answerCount, requestLook, requestRows, requestsLook } from '../../../src/host/requests/requestRows.ts'
import { waitingInvites } from '../../../src/host/view/waitingInvites.ts'
import { plain, plainEnglish } from '../plainEnglish.ts'
import { snapshot } from '../sampleChat.ts'

const person = 'a'.repeat(64) as PersonId
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
const look = (row: Parameters<typeof requestLook>[0]) => requestLook(row, plainEnglish, (at) => `<${String(at)}>`)

test('who waits for an answer comes first, then joins and open invites; the rest is left out', () => {
  const rows = requestRows(
    snapshot({
      invites: [
        invite(),
        joining,
        invite({ state: 'used' }),
        invite({ state: 'expired' }),
        { ...joining, autoAccept: true },
      ],
      joins: [join(), join({ state: 'joined' })],
    }),
  )
  assert.deepEqual(
    rows.map((row) => look(row).context),
    ['invite.joining', 'join.waiting', 'invite.live'],
  )
})

test('joins say how they stand, and why they failed', () => {
  assert.equal(look({ kind: 'join', join: join() }).description, 'inviter is offline')
  const failed = look({ kind: 'join', join: join({ state: 'failed', reason: 'invite-refused' }) })
  assert.deepEqual([failed.context, failed.description], ['join.failed', 'Whoever invited you declined.'])
})

test('the badge counts people who wait for an answer, and nobody else', () => {
  assert.equal(answerCount(snapshot({ invites: [joining, invite()], joins: [join()] })), 1)
})

test('the row above the requests says how many wait for an answer, and nothing of a count where nobody does', () => {
  const above = (invites: readonly OwnInvite[]) => requestsLook(snapshot({ invites }), plainEnglish)
  const twice = [joining, { ...joining, invite: '3'.repeat(32) as InviteId }]
  assert.equal(above([joining]).description, '1 waits for your answer')
  assert.equal(above(twice).spoken, 'Requests, 2 wait for your answer')
  assert.deepEqual([above([invite()]).description, above([invite()]).spoken], ['', 'Requests'])
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

test('command arguments of any shape name what waits, or nothing', () => {
  assert.equal(waitingIdOf({ kind: 'invite', invite: invite() }), '1'.repeat(32))
  assert.equal(waitingIdOf({ kind: 'join', join: join() }), '2'.repeat(32))
  for (const value of [undefined, null, 1, {}, { conversation: { id: 'x' } }, { invite: 1 }, []])
    assert.equal(waitingIdOf(value), undefined)
})
