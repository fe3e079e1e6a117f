import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invitationMessage, inviteCard } from '../../../src/host/invites/inviteCard.ts'
import { plainEnglish } from '../plainEnglish.ts'

const link = 'vscode://tincan.tincan/join#AQabcdef'
const invite = { link, until: 'tomorrow, 10:00', room: undefined }

test('the message says what to do, until when, and ends with the link on a line of its own', () => {
  const message = invitationMessage(invite, plainEnglish)
  assert.match(message, /Install the extension/)
  assert.match(message, /tomorrow, 10:00/)
  assert.equal(message.split('\n').at(-1), link)
  assert.match(invitationMessage({ ...invite, room: { title: 'Kitchen' } }, plainEnglish), /the room “Kitchen”/)
  assert.match(invitationMessage({ ...invite, room: {} }, plainEnglish), /to join a room in our editors/)
})

test('the card has a code of the link, the message, and both to copy', () => {
  const { sections } = inviteCard(invite, plainEnglish)
  const parts = sections.flatMap((section) => section.parts)
  const qr = parts.find((part) => part.kind === 'qr')
  assert.ok(qr !== undefined && qr.rows.length >= 21 && qr.rows.every((row) => row.length === qr.rows.length))
  assert.equal(parts.find((part) => part.kind === 'quote')?.text, invitationMessage(invite, plainEnglish))
  const actions = parts.flatMap((part) => (part.kind === 'actions' ? part.actions : []))
  assert.deepEqual(
    actions.map(({ id }) => id),
    ['copyLink', 'copyMessage'],
  )
})
