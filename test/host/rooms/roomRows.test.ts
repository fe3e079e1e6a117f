import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRoom } from '../../../src/host/rooms/isRoom.ts'
import type { Room } from '../../../src/host/rooms/isRoom.ts'
import { memberLook, memberRows } from '../../../src/host/rooms/memberRows.ts'
import { roomLook } from '../../../src/host/rooms/roomLook.ts'
import { canInvite, grantableRoles } from '../../../src/shared/roomRights.ts'
import type { PersonId } from '../../../src/shared/ids.ts'
import type { RoomDetails, RoomMember } from '../../../src/shared/rooms.ts'
import { plain, plainEnglish } from '../plainEnglish.ts'
import { alice, member, room, roomDetails } from '../sampleChat.ts'

const sample = (details: Partial<RoomDetails> = {}, unread = 0): Room => {
  const made = room({ unread }, details)
  assert.ok(isRoom(made))
  return made
}
const look = (conversation: Room, isMuted = false) => roomLook(conversation, isMuted, plainEnglish)
const shown = (part: Partial<RoomMember>, details: Partial<RoomDetails> = {}) =>
  memberLook({ conversation: sample(details), member: member(part) }, plainEnglish)

test('a room says mentions apart from what is unread, and who is there, also to a screen reader', () => {
  const { label, description, spoken } = look(sample({ mentions: 2 }, 5), true)
  assert.equal(plain(label), 'Kettle')
  assert.equal(description, '2 mentions · 5 unread · 2 of 3 online · muted')
  assert.equal(plain(spoken), 'Room Kettle, 2 mentions, 5 unread, 2 of 3 online, muted')
  assert.equal(look(sample({}, 0)).description, '2 of 3 online')
})

test('a room that is over for the user says why, and looks other than one that is not', () => {
  for (const [state, words] of [
    ['left', 'you left'],
    ['removed', 'you were removed'],
    ['dissolved', 'dissolved'],
  ] as const) {
    assert.equal(look(sample({ state })).description, words)
    assert.notEqual(look(sample({ state })).icon, look(sample()).icon)
  }
})

test('the menus of a room offer what the own role allows', () => {
  assert.equal(look(sample()).context, 'room.active.owner.inviting.managing')
  assert.equal(look(sample({ ownRole: 'member' })).context, 'room.active.member')
  assert.equal(look(sample({ ownRole: 'member', whoInvites: 'everybody' })).context, 'room.active.member.inviting')
  assert.equal(look(sample({ ownRole: 'owner', state: 'dissolved' })).context, 'room.dissolved.owner')
  assert.ok(!canInvite(roomDetails({ ownRole: 'read-only', whoInvites: 'everybody' })))
  assert.ok(!grantableRoles('member').includes('admin'))
})

test('members stand by role and name, whoever comes or goes', () => {
  const carol = member({ person: 'c'.repeat(64) as PersonId, name: 'Carol', role: 'read-only' })
  const zoe = member({ person: 'd'.repeat(64) as PersonId, name: 'Zoe', role: 'admin', online: false })
  const self = member({ person: alice, name: 'Alice', role: 'owner', isSelf: true })
  const names = (list: readonly RoomMember[]) => memberRows(sample(), list).map((row) => row.member.name)
  assert.deepEqual(names([carol, member(), zoe, self]), ['Alice', 'Zoe', 'Bob', 'Carol'])
  assert.deepEqual(names([self, zoe, { ...member(), online: false }, carol]), ['Alice', 'Zoe', 'Bob', 'Carol'])
})

test('a member says role, presence and trust; one with a like name its key, in words too', () => {
  assert.equal(shown({}).description, 'online · not verified')
  assert.equal(shown({ role: 'admin', verified: true, online: false }).description, 'Admin · offline · verified')
  assert.equal(shown({ isSelf: true, role: 'owner' }).description, 'you · Owner')
  const double = shown({ looksLikeAnother: true })
  assert.match(double.description, /bbbb bbbb bbbb bbbb/)
  assert.match(double.spoken, /looks like this one.*bbbb bbbb bbbb bbbb/)
  assert.notEqual(shown({ role: 'admin' }).icon, shown({}).icon)
})

test('the menus of a member offer what may be done with that one, and nothing with oneself', () => {
  assert.equal(shown({}).context, 'member.other.contact.unverified.manageable.heir')
  assert.equal(shown({ isSelf: true, role: 'owner' }).context, 'member.self')
  const asMember = { ownRole: 'member' } as const
  assert.equal(shown({ isContact: false, verified: true }, asMember).context, 'member.other.stranger.verified')
  const asAdmin = { ownRole: 'admin' } as const
  assert.equal(shown({ role: 'owner' }, asAdmin).context, 'member.other.contact.unverified')
  assert.equal(shown({}, asAdmin).context, 'member.other.contact.unverified.manageable')
  assert.equal(shown({}, { state: 'removed' }).context, 'member.other.contact.unverified')
})
