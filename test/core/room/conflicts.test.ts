/** What becomes of things that were done at the same time, or are said to have been. Each row of ARCHITECTURE's table. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isMessageValid } from '../../../src/core/room/isMessageValid.ts'
import { inviteKeyPair, proveInvite } from '../../../src/core/room/roomKeys.ts'
import { outcome, refusal, rolesOf } from './outcome.ts'
import { roomOfFour } from './people.ts'
import { SimulatedMember, tell } from './simulatedMember.ts'

describe('what was done at the same time has one outcome, whatever order it arrives in', () => {
  it('two admins who remove each other: the senior one stays', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const bySenior = bob.say({ kind: 'remove', person: cleo.person, cuts: bob.cuts(cleo) })
    const byJunior = cleo.say({ kind: 'remove', person: bob.person, cuts: cleo.cuts(bob) })
    const view = outcome([ada, bob, cleo, dan])
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Bob: admin', 'Dan: member'])
    assert.equal(refusal(view, bySenior), undefined)
    assert.equal(refusal(view, byJunior), 'not-a-member')
  })

  it('the same when the owner has seen both before writing, and the junior was the earlier one', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    cleo.say({ kind: 'remove', person: bob.person, cuts: cleo.cuts(bob) })
    bob.say({ kind: 'topic', topic: 'Later by the clock' })
    bob.say({ kind: 'remove', person: cleo.person, cuts: bob.cuts(cleo) })
    tell(ada, bob, cleo, dan)
    ada.say({ kind: 'title', title: 'Seen' })
    assert.deepEqual(rolesOf(outcome([ada, bob, cleo, dan])), ['Ada: owner', 'Bob: admin', 'Dan: member'])
  })

  it('an admin never removes a senior one, even without any conflict', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const event = cleo.say({ kind: 'remove', person: bob.person, cuts: cleo.cuts(bob) })
    const toOwner = cleo.say({ kind: 'role', person: ada.person, role: 'member', cuts: cleo.cuts(ada) })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, event), 'outranked')
    assert.equal(refusal(view, toOwner), 'outranked')
  })

  it('a removal and what the removed one did at the same time: the removal prevails, and what it knew stays', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const known = cleo.say({ kind: 'title', title: 'Known' })
    ada.hear(known)
    const unknown = cleo.say({ kind: 'title', title: 'Unknown' })
    ada.say({ kind: 'remove', person: cleo.person, cuts: ada.cuts(cleo) })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(view.title, 'Known')
    assert.equal(refusal(view, unknown), 'not-a-member')
  })

  it('two renames: the later one in the order of the messages holds, and its line is the last', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const events = [bob.say({ kind: 'title', title: 'By Bob' }), cleo.say({ kind: 'title', title: 'By Cleo' })]
    const view = outcome([ada, bob, cleo, dan])
    const [last] = events.sort((a, b) => b.clock - a.clock || (a.id < b.id ? 1 : -1))
    assert.equal(view.title, last?.device === bob.device ? 'By Bob' : 'By Cleo')
    assert.equal(view.lines.at(-1)?.id, last?.id)
    assert.equal(view.lines.filter(({ body }) => body.change === 'title').length, 2)
  })

  it('an owner who hands over twice: the first in its log', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const { heads } = ada.view
    const first = ada.write({ kind: 'hand-over', person: dan.person, cuts: ada.cuts(dan) }, { after: heads })
    const second = ada.write({ kind: 'hand-over', person: bob.person, cuts: ada.cuts(bob) }, { after: heads })
    const view = outcome([ada, bob, cleo, dan])
    assert.deepEqual(rolesOf(view), ['Ada: admin', 'Bob: admin', 'Cleo: admin', 'Dan: owner'])
    assert.equal(view.members.get(ada.person)?.rank, 1)
    assert.equal(refusal(view, first), undefined)
    assert.equal(refusal(view, second), 'not-allowed')
  })

  it('a hand-over, and whom it is for leaves: it is out, and the room is with the most senior of those who stay', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const handOver = ada.say({ kind: 'hand-over', person: dan.person, cuts: ada.cuts(dan) })
    const leave = dan.say({ kind: 'leave', cuts: dan.cuts(dan) })
    // One that is gone hears nothing any more, and can be brought back by whoever has the room now.
    const view = outcome([ada, bob, cleo, dan])
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Bob: admin', 'Cleo: admin'])
    assert.deepEqual([refusal(view, handOver), refusal(view, leave)], [undefined, undefined])
    assert.equal(view.former.get(dan.person)?.how, 'left')
    assert.equal(view.members.get(bob.person)?.rank, 1)
    const line = { kind: 'room', change: 'left', person: dan.person, owner: ada.person }
    assert.deepEqual(view.lines.find(({ body }) => body.change === 'left')?.body, line)
    tell(ada, bob, cleo)
    ada.say({ kind: 'title', title: 'Still mine' })
    assert.equal(ada.view.title, 'Still mine')
  })

  it('the same where whoever handed over has left as well, or nobody is there who may write', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'hand-over', person: dan.person, cuts: ada.cuts(dan) })
    ada.say({ kind: 'leave', cuts: ada.cuts(ada) })
    dan.say({ kind: 'leave', cuts: dan.cuts(dan) })
    assert.deepEqual(rolesOf(outcome([ada, bob, cleo, dan])), ['Bob: owner', 'Cleo: admin'])

    const [eve, fay] = [new SimulatedMember('Eve', 5), new SimulatedMember('Fay', 6)]
    eve.found()
    eve.bring(fay)
    tell(eve, fay)
    eve.say({ kind: 'hand-over', person: fay.person, cuts: eve.cuts(fay) })
    const last = eve.say({ kind: 'leave', cuts: eve.cuts(eve) })
    fay.say({ kind: 'leave', cuts: fay.cuts(fay) })
    const view = outcome([eve, fay])
    assert.deepEqual(rolesOf(view), ['Eve: owner'])
    assert.equal(refusal(view, last), 'owner-must-hand-over')
  })

  it('a hand-over that is known, and leaving: the owner hands over first', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'hand-over', person: dan.person, cuts: ada.cuts(dan) })
    tell(ada, dan)
    const leave = dan.say({ kind: 'leave', cuts: dan.cuts(dan) })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), leave), 'owner-must-hand-over')
  })

  it('a demotion and a removal by the demoted: nothing is gained by not having known', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'role', person: bob.person, role: 'member', cuts: ada.cuts(bob) })
    const removal = bob.say({ kind: 'remove', person: dan.person, cuts: bob.cuts(dan) })
    const view = outcome([ada, bob, cleo, dan])
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Bob: member', 'Cleo: admin', 'Dan: member'])
    assert.equal(refusal(view, removal), 'not-allowed')
  })

  it('an admin demoted and later restored: what it wrote in between, under any pretence, does not count', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const before = bob.view.heads
    ada.say({ kind: 'role', person: bob.person, role: 'read-only', cuts: ada.cuts(bob) })
    // Bob knows, and claims that he does not.
    const backdated = bob.write(
      { kind: 'remove', person: dan.person, cuts: bob.cuts(dan) },
      { after: before, clock: 50 },
    )
    ada.hear(backdated)
    ada.say({ kind: 'role', person: bob.person, role: 'admin', cuts: ada.cuts(bob) })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, backdated), 'not-allowed')
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Bob: admin', 'Cleo: admin', 'Dan: member'])
    bob.hear(...ada.events.values())
    const after = bob.say({ kind: 'title', title: 'After' })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), after), undefined)
  })

  it('a restored admin ranks behind those who stayed', () => {
    const { ada, bob, cleo } = roomOfFour()
    ada.say({ kind: 'role', person: bob.person, role: 'member', cuts: ada.cuts(bob) })
    ada.say({ kind: 'role', person: bob.person, role: 'admin', cuts: ada.cuts(bob) })
    const view = outcome([ada])
    assert.equal(view.members.get(cleo.person)?.rank, 1)
    assert.equal(view.members.get(bob.person)?.rank, 2)
  })

  it('a removal of somebody who brings somebody in at the same time: neither belongs', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    bob.bring(eve)
    ada.say({ kind: 'remove', person: bob.person, cuts: ada.cuts(bob) })
    const view = outcome([ada, bob, cleo, dan, eve])
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Cleo: admin', 'Dan: member'])
    assert.equal(view.refused.find(({ kind }) => kind === 'join')?.reason, 'unknown-invite')
  })

  it('a removal of somebody whose guest the remover knows: the guest stays', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    bob.bring(eve)
    tell(bob, ada)
    ada.say({ kind: 'remove', person: bob.person, cuts: ada.cuts(bob) })
    assert.deepEqual(rolesOf(outcome([ada, bob, cleo, dan, eve])), [
      'Ada: owner',
      'Cleo: admin',
      'Dan: member',
      'Eve: member',
    ])
  })

  it('two newcomers with one link: one of them comes in', () => {
    const { ada, bob } = roomOfFour()
    const secret = new Uint8Array(32).fill(7)
    const to = { kind: 'link', key: inviteKeyPair(secret).publicKey } as const
    const invite = ada.say({ kind: 'invite', to, role: 'member', history: 'all', expiresAt: 0 })
    const [eve, fay] = [new SimulatedMember('Eve', 5), new SimulatedMember('Fay', 6)]
    for (const guest of [eve, fay])
      guest.join(ada, invite.id, 'all', proveInvite(secret, ada.room, invite.id, guest.person))
    const view = outcome([ada, bob, eve, fay])
    assert.equal(view.members.size, 5)
    assert.deepEqual(
      view.refused.map(({ reason }) => reason),
      ['unknown-invite'],
    )
    assert.equal(view.invites.size, 0)
  })

  it('two invites for one person, who follows both: it comes in once', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    const to = { kind: 'person', person: eve.person } as const
    const invites = [bob, cleo].map((host) =>
      host.say({ kind: 'invite', to, role: 'member', history: 'all', expiresAt: 0 }),
    )
    tell(ada, bob, cleo, dan)
    const [first, second] = invites.map(({ id }) => eve.join(ada, id, 'all'))
    assert.ok(first && second)
    const view = outcome([ada, bob, cleo, dan, eve])
    assert.equal(refusal(view, first), undefined)
    assert.equal(refusal(view, second), 'already-a-member')
  })

  it('a joining, and the end of the right to invite: the guest is out, unless that was known', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    ada.say({ kind: 'who-invites', whoInvites: 'everybody' })
    tell(ada, dan)
    const to = { kind: 'person', person: eve.person } as const
    const invite = dan.say({ kind: 'invite', to, role: 'member', history: 'all', expiresAt: 0 })
    ada.hear(invite)
    const join = eve.join(dan, invite.id, 'all')
    ada.say({ kind: 'who-invites', whoInvites: 'admins' })
    const view = outcome([ada, bob, cleo, dan, eve])
    assert.ok(!view.members.has(eve.person))
    assert.equal(refusal(view, invite), undefined)
    assert.equal(refusal(view, join), 'unknown-invite')
    // The invite itself serves nobody any more.
    assert.equal(view.invites.size, 0)
  })

  it('a demotion to read-only and messages at the same time: those that were known stay', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.messages.set(dan.device, 4)
    ada.say({ kind: 'role', person: dan.person, role: 'read-only', cuts: ada.cuts(dan) })
    const muted = outcome([ada, bob, cleo, dan])
    assert.ok(isMessageValid(muted, dan.device, 4))
    assert.ok(!isMessageValid(muted, dan.device, 5))
    ada.messages.set(dan.device, 7)
    ada.say({ kind: 'role', person: dan.person, role: 'member', cuts: ada.cuts(dan) })
    const restored = outcome([ada, bob, cleo, dan])
    assert.deepEqual(restored.devices.get(dan.device)?.messages, [{ from: 1, to: 4 }, { from: 8 }])
  })

  it('dissolving and everything else: nothing counts beside it', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.messages.set(bob.device, 2)
    ada.say({ kind: 'dissolve', cuts: ada.cuts(ada, bob, cleo, dan) })
    const rename = bob.say({ kind: 'title', title: 'Too late' })
    const view = outcome([ada, bob, cleo, dan])
    assert.ok(view.isDissolved)
    assert.equal(view.title, 'Room')
    assert.equal(refusal(view, rename), 'dissolved')
    assert.ok(isMessageValid(view, bob.device, 2))
    assert.ok(!isMessageValid(view, bob.device, 3))
  })

  it('pinning and unpinning one message: one outcome', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const message = '0'.repeat(76) as never
    ada.say({ kind: 'pin', message })
    tell(ada, bob, cleo, dan)
    bob.say({ kind: 'unpin', message })
    cleo.say({ kind: 'pin', message })
    assert.deepEqual(outcome([ada, bob, cleo, dan]).pinned, [message])
  })
})
