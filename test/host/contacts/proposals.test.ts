import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedPeople, openProposals, proposalLook, proposalQuestion } from '../../../src/host/contacts/proposals.ts'
import { conversationOf, personOf, proposalIdOf } from '../../../src/host/conversations/commandArguments.ts'
import { requestRows } from '../../../src/host/requests/requestRows.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { waitingInvites } from '../../../src/host/view/waitingInvites.ts'
import type { ContactRequest } from '../../../src/shared/contacts.ts'
import type { RoomOffer } from '../../../src/shared/rooms.ts'
import { plain, plainEnglish } from '../plainEnglish.ts'
import { alice, bob, conversation, conversationId, member, room, snapshot } from '../sampleChat.ts'

const offer = (part: Partial<RoomOffer> = {}): RoomOffer => ({
  offer: 'o1',
  conversation: conversationId,
  title: 'Kettle',
  topic: 'Steam',
  inviter: bob,
  role: 'read-only',
  history: 'from-now',
  memberCount: 4,
  expiresAt: 9,
  ...part,
})
const request = (part: Partial<ContactRequest> = {}): ContactRequest => ({
  request: 'r1',
  person: alice,
  name: 'Carol',
  state: 'incoming',
  ...part,
})
const known = (part: Partial<ChatSnapshot>): ChatSnapshot =>
  snapshot({ conversations: [conversation(), room()], ...part })
const questions = (part: Partial<ChatSnapshot>): readonly string[] =>
  openProposals(known(part)).map((one) => plain(proposalQuestion(one, plainEnglish).question))

test('an offered room says who offers it, what one will be able to read there, and as what', () => {
  assert.deepEqual(questions({ offers: [offer()] }), ['Bob invites you to the room Kettle.'])
  const [one] = openProposals(known({ offers: [offer()] }))
  assert.ok(one !== undefined)
  const { detail } = proposalQuestion(one, plainEnglish)
  assert.match(plain(detail), /Steam\nIt has 4 members\.\nYou will be able to read what is written after you join\./)
  assert.match(detail, /Can read, and not write/)
})

test('somebody who wants to be a contact is told by how one knows them', () => {
  assert.deepEqual(questions({ requests: [request({ introducedBy: bob })] }), ['Bob introduces Carol to you.'])
  const inRoom = known({ conversations: [room()], requests: [request({ room: conversationId })] })
  const [one] = openProposals(inRoom)
  assert.ok(one !== undefined)
  const { question } = proposalQuestion(one, plainEnglish)
  assert.equal(plain(question), 'Carol, who is with you in Kettle, wants to become a contact.')
  assert.deepEqual(questions({ requests: [request()] }), ['Carol wants to become a contact.'])
})

test('what others propose stands on top and on the start screen; whom one asked stands below, with nothing to answer', () => {
  const outgoing = request({ request: 'r2', state: 'outgoing' })
  const all = known({ offers: [offer()], requests: [request(), outgoing] })
  assert.deepEqual(
    requestRows(all).map(({ kind }) => kind),
    ['offer', 'request', 'request'],
  )
  assert.deepEqual(
    waitingInvites(all, plainEnglish).map(({ kind, id }) => [kind, id]),
    [
      ['confirming', 'r1'],
      ['confirming', 'o1'],
    ],
  )
  const contexts = [...openProposals(all), ...askedPeople(all)].map(
    (one) => proposalLook(one, plainEnglish, String).context,
  )
  assert.deepEqual(contexts, ['proposal.incoming', 'proposal.incoming', 'proposal.outgoing'])
})

test('command arguments name the proposal, the member and the room they stand for, or nothing', () => {
  const row = { conversation: room(), member: member() }
  assert.deepEqual([conversationOf(row), personOf(row)], [conversationId, bob])
  assert.equal(proposalIdOf({ kind: 'offer', offer: offer() }), 'o1')
  assert.equal(proposalIdOf({ kind: 'request', request: request() }), 'r1')
  for (const value of [undefined, null, 1, {}, { member: { person: 'x' } }, { offer: 1 }, { request: {} }, []]) {
    assert.equal(personOf(value), undefined)
    assert.equal(proposalIdOf(value), undefined)
  }
})
