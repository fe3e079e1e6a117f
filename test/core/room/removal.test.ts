/** Who is out stays out, and reads nothing of what comes later. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { currentEpoch, isRekeyDue } from '../../../src/core/room/currentEpoch.ts'
import { isMessageValid } from '../../../src/core/room/isMessageValid.ts'
import { inviteKeyPair, proveInvite } from '../../../src/core/room/roomKeys.ts'
import { outcome, refusal, rolesOf } from './outcome.ts'
import { roomOfFour } from './people.ts'
import { SimulatedMember, tell } from './simulatedMember.ts'

const link = (secret: Uint8Array) => ({ kind: 'link', key: inviteKeyPair(secret).publicKey }) as const

describe('somebody who was removed', () => {
  it('writes nothing that counts, and what the remover knew stays', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.messages.set(dan.device, 3)
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    const lack = dan.say({ kind: 'lacking', epochs: [] })
    const view = outcome([ada, bob, cleo, dan])
    assert.ok(isMessageValid(view, dan.device, 3))
    assert.ok(!isMessageValid(view, dan.device, 4))
    assert.equal(refusal(view, lack), 'not-a-member')
    assert.equal(view.former.get(dan.person)?.how, 'removed')
  })

  it('opens no key that comes later, whatever it is handed', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    assert.ok(isRekeyDue(ada.view, ada.person, (epoch) => ada.keys.get(epoch)))
    ada.rekeyIfDue()
    tell(ada, bob, cleo, dan)
    bob.rekey()
    tell(ada, bob, cleo, dan)
    const before = new Set(dan.view.epochs.slice(0, 1).map(({ id }) => id))
    assert.deepEqual(new Set(dan.keys.keys()), before)
    for (const member of [ada, bob, cleo]) assert.ok(member.keys.has(currentEpoch(member.view)?.id as never))
    // It knows that it is out, because that was said under a key that it held.
    assert.ok(dan.view.former.has(dan.person))
  })

  it('is not written for under a key that somebody may hand to it who has not heard of the removal', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    bob.bring(eve)
    // Knows of no Eve, so leaves her out of what it begins.
    cleo.rekey()
    ada.hear(...bob.events.values())
    ada.say({ kind: 'remove', person: eve.person, cuts: ada.cuts(eve) })
    ada.rekeyIfDue()
    const right = currentEpoch(ada.view)?.id
    tell(ada, cleo, dan)
    // Knows that Eve came, and not that she went: she gets the key that she seems to lack.
    bob.hear(...[...cleo.events.values()].filter(({ device }) => device === cleo.device))
    bob.rekey()
    eve.hear(...bob.events.values())
    const [begun] = ada.view.epochs.filter(({ author }) => author === cleo.person)
    assert.ok(begun && eve.keys.has(begun.id))
    for (const member of [ada, cleo, dan]) assert.equal(currentEpoch(member.view)?.id, right)
    assert.ok(right && !eve.keys.has(right))
  })

  it('comes back by an invite of somebody who knew of the removal, and by no other', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const [old, spare] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    const before = ada.say({ kind: 'invite', to: link(old), role: 'member', history: 'all', expiresAt: 0 })
    tell(ada, bob, cleo, dan)
    ada.messages.set(dan.device, 3)
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    // Bob has not heard of it.
    const atOnce = bob.say({ kind: 'invite', to: link(spare), role: 'member', history: 'all', expiresAt: 0 })
    const joins = (
      [
        [before, old],
        [atOnce, spare],
      ] as const
    ).map(([invite, secret]) => dan.join(ada, invite.id, 'all', proveInvite(secret, ada.room, invite.id, dan.person)))
    for (const join of joins) assert.equal(refusal(outcome([ada, bob, cleo, dan]), join), 'unknown-invite')
    assert.ok(!outcome([ada, bob, cleo, dan]).members.has(dan.person))
    ada.rekeyIfDue()
    dan.messages.set(dan.device, 5)
    ada.bring(dan)
    const view = outcome([ada, bob, cleo, dan])
    assert.deepEqual(rolesOf(view), ['Ada: owner', 'Bob: admin', 'Cleo: admin', 'Dan: member'])
    assert.deepEqual(view.devices.get(dan.device)?.messages, [{ from: 1, to: 3 }, { from: 6 }])
    assert.equal(view.former.size, 0)
  })

  it('has left no door open: unused invites of its own die with it', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const secret = new Uint8Array(32).fill(3)
    const invite = bob.say({ kind: 'invite', to: link(secret), role: 'member', history: 'all', expiresAt: 0 })
    tell(ada, bob, cleo, dan)
    ada.say({ kind: 'remove', person: bob.person, cuts: ada.cuts(bob) })
    const puppet = new SimulatedMember('Puppet', 9)
    const join = puppet.join(bob, invite.id, 'all', proveInvite(secret, ada.room, invite.id, puppet.person))
    const view = outcome([ada, bob, cleo, dan, puppet])
    assert.equal(refusal(view, join), 'unknown-invite')
    assert.equal(view.invites.size, 0)
    // Not even when it comes back.
    ada.bring(bob, 'admin')
    const again = puppet.join(bob, invite.id, 'all', proveInvite(secret, ada.room, invite.id, puppet.person))
    assert.equal(refusal(outcome([ada, bob, cleo, dan, puppet]), again), 'unknown-invite')
  })
})

describe('somebody whose invite turns out to be void', () => {
  it('is written for by nobody who knows that, also under no key that it was handed meanwhile', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    // At the same time: Ada begins an epoch, Bob, who may not invite any more, brings Eve in.
    ada.say({ kind: 'role', person: bob.person, role: 'read-only', cuts: ada.cuts(bob) })
    cleo.rekey()
    bob.bring(eve)
    bob.hear(...[...cleo.events.values()].filter(({ device }) => device === cleo.device))
    bob.rekey()
    eve.hear(...bob.events.values())
    const [begun] = eve.view.epochs.filter(({ author }) => author === cleo.person)
    assert.ok(begun && eve.keys.has(begun.id))
    tell(ada, bob, cleo, dan, eve)
    assert.ok(!ada.view.members.has(eve.person))
    assert.equal(currentEpoch(ada.view), undefined)
    dan.rekeyIfDue()
    tell(ada, bob, cleo, dan, eve)
    const epoch = currentEpoch(ada.view)?.id
    assert.ok(epoch)
    for (const member of [ada, bob, cleo, dan]) assert.ok(member.keys.has(epoch), member.name)
    assert.ok(!eve.keys.has(epoch))
    // Once is enough: whoever is out already changes nothing any more.
    eve.say({ kind: 'title', title: 'Mine' })
    tell(ada, bob, cleo, dan, eve)
    assert.equal(currentEpoch(ada.view)?.id, epoch)
  })
})

describe('somebody who was let in and did not join in time', () => {
  const secret = new Uint8Array(32).fill(7)
  for (const [what, end] of [
    ['its host may not invite any more', { kind: 'role', role: 'read-only' }],
    ['members may not invite any more', { kind: 'who-invites', whoInvites: 'admins' }],
    ['its invite is revoked', { kind: 'revoke' }],
  ] as const)
    it(`holds no key that is written under once ${what}`, () => {
      const { ada, bob, cleo, dan } = roomOfFour()
      ada.say({ kind: 'who-invites', whoInvites: 'everybody' })
      tell(ada, dan)
      const { id } = dan.say({ kind: 'invite', to: link(secret), role: 'member', history: 'all', expiresAt: 0 })
      tell(ada, bob, cleo, dan)
      const held = currentEpoch(dan.view)?.id
      assert.ok(held, 'the key that the guest is given')
      if (end.kind === 'role') ada.say({ ...end, person: dan.person, cuts: ada.cuts(dan) })
      else ada.say(end.kind === 'revoke' ? { ...end, invite: id } : end)
      tell(ada, bob, cleo, dan)
      assert.equal(currentEpoch(bob.view), undefined)
      bob.rekeyIfDue()
      tell(ada, bob, cleo, dan)
      assert.notEqual(currentEpoch(ada.view)?.id, held)
    })

  it('holds no key that is written under where its host could not invite any more, and did not know', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'role', person: bob.person, role: 'read-only', cuts: ada.cuts(bob) })
    const held = currentEpoch(bob.view)?.id
    const invite = bob.say({ kind: 'invite', to: link(secret), role: 'member', history: 'all', expiresAt: 0 })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, invite), 'not-allowed')
    assert.equal(currentEpoch(view), undefined)
    cleo.rekeyIfDue()
    tell(ada, bob, cleo, dan)
    assert.notEqual(currentEpoch(ada.view)?.id, held)
  })

  it('changes nothing where no invite ends', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const before = currentEpoch(ada.view)
    bob.say({ kind: 'invite', to: link(secret), role: 'member', history: 'all', expiresAt: 0 })
    tell(ada, bob, cleo, dan)
    ada.say({ kind: 'role', person: dan.person, role: 'read-only', cuts: ada.cuts(dan) })
    ada.say({ kind: 'who-invites', whoInvites: 'everybody' })
    assert.equal(currentEpoch(outcome([ada, bob, cleo, dan]))?.id, before?.id)
  })
})

describe('somebody who left', () => {
  it('is no member, may come back by an old invite, and new keys are due', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const secret = new Uint8Array(32).fill(3)
    const invite = ada.say({ kind: 'invite', to: link(secret), role: 'member', history: 'all', expiresAt: 0 })
    tell(ada, dan)
    dan.messages.set(dan.device, 2)
    dan.say({ kind: 'leave', cuts: dan.cuts(dan) })
    tell(ada, bob, cleo, dan)
    assert.equal(currentEpoch(ada.view), undefined)
    assert.ok(!isMessageValid(ada.view, dan.device, 3))
    dan.join(ada, invite.id, 'all', proveInvite(secret, ada.room, invite.id, dan.person))
    assert.ok(outcome([ada, bob, cleo, dan]).members.has(dan.person))
  })

  it('can still be removed, so that others draw the line for its messages', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    dan.say({ kind: 'leave', cuts: [{ device: dan.device, messages: 1_000_000 }] })
    tell(ada, bob, cleo, dan)
    assert.ok(isMessageValid(ada.view, dan.device, 1_000))
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    const view = outcome([ada, bob, cleo, dan])
    assert.ok(!isMessageValid(view, dan.device, 1))
    assert.equal(view.former.get(dan.person)?.how, 'removed')
  })

  it('is not the owner, who hands over or dissolves first', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const leave = ada.say({ kind: 'leave', cuts: ada.cuts(ada) })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), leave), 'owner-must-hand-over')
    ada.say({ kind: 'hand-over', person: bob.person, cuts: ada.cuts(bob) })
    ada.say({ kind: 'leave', cuts: ada.cuts(ada) })
    assert.deepEqual(rolesOf(outcome([ada, bob, cleo, dan])), ['Bob: owner', 'Cleo: admin', 'Dan: member'])
  })
})
