/** What should not be there is ignored, listed, kept, and hinders nothing that comes after it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '../../../src/core/codec/bytes.ts'
import type { EpochId, OperationId } from '../../../src/core/room/operation.ts'
import { replay, RoomReplay } from '../../../src/core/room/replay.ts'
import { clearEpoch, inviteKeyPair, proveInvite, roomIdOf } from '../../../src/core/room/roomKeys.ts'
import { outcome, readable, refusal } from './outcome.ts'
import { roomOfFour } from './people.ts'
import { SimulatedMember, tell, type WrittenEvent } from './simulatedMember.ts'

const nowhere = 'ff'.repeat(32) as OperationId

describe('an operation without effect', () => {
  it('is one that the role of its author does not cover', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    const message = '0'.repeat(76) as never
    const tried: WrittenEvent[] = [
      dan.say({ kind: 'title', title: 'Mine' }),
      dan.say({ kind: 'topic', topic: 'Mine' }),
      dan.say({ kind: 'who-invites', whoInvites: 'everybody' }),
      dan.say({ kind: 'pin', message }),
      dan.say({ kind: 'unpin', message }),
      dan.say({ kind: 'remove', person: cleo.person, cuts: [] }),
      dan.say({ kind: 'role', person: dan.person, role: 'admin', cuts: [] }),
      dan.say({ kind: 'hand-over', person: dan.person, cuts: [] }),
      bob.say({ kind: 'hand-over', person: bob.person, cuts: [] }),
      bob.say({ kind: 'dissolve', cuts: [] }),
      dan.say({
        kind: 'invite',
        to: { kind: 'person', person: eve.person },
        role: 'member',
        history: 'all',
        expiresAt: 0,
      }),
    ]
    const view = outcome([ada, bob, cleo, dan])
    for (const event of tried) assert.equal(refusal(view, event), 'not-allowed')
    assert.equal(view.refused.length, tried.length)
    assert.equal(view.title, 'Room')
  })

  it('is one about somebody who is not there, or who need not be brought in', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    const cases = [
      [ada.say({ kind: 'remove', person: eve.person, cuts: [] }), 'unknown-person'],
      [ada.say({ kind: 'role', person: eve.person, role: 'admin', cuts: [] }), 'unknown-person'],
      [ada.say({ kind: 'hand-over', person: eve.person, cuts: [] }), 'unknown-person'],
      [ada.say({ kind: 'hand-over', person: ada.person, cuts: [] }), 'outranked'],
      [ada.say({ kind: 'revoke', invite: nowhere }), 'unknown-invite'],
      [
        ada.say({
          kind: 'invite',
          to: { kind: 'person', person: dan.person },
          role: 'member',
          history: 'all',
          expiresAt: 0,
        }),
        'already-a-member',
      ],
    ] as const
    const view = outcome([ada, bob, cleo, dan])
    for (const [event, reason] of cases) assert.equal(refusal(view, event), reason)
  })

  it('is one of a newer Tincan, which others may come after', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const newer = ada.say({ kind: 'title', title: 'x' })
    const unknownKind = { ...newer, bytes: newer.bytes.with(1 + 1 + 32, 200) }
    assert.equal(newer.bytes[1], 1)
    ada.events.set(newer.id, unknownKind)
    const later = ada.say({ kind: 'topic', topic: 'Later' })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, unknownKind), 'newer')
    assert.equal(refusal(view, later), undefined)
    assert.equal(view.topic, 'Later')
    assert.ok(view.needsNewer)
    assert.deepEqual(view.heads, [later.id])
  })

  it('is a join with a wrong proof, of another person, or with an invite that was revoked', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const [eve, fay] = [new SimulatedMember('Eve', 5), new SimulatedMember('Fay', 6)]
    const secret = new Uint8Array(32).fill(7)
    const to = { kind: 'link', key: inviteKeyPair(secret).publicKey } as const
    const byLink = ada.say({ kind: 'invite', to, role: 'member', history: 'all', expiresAt: 0 })
    const named = ada.say({
      kind: 'invite',
      to: { kind: 'person', person: fay.person },
      role: 'member',
      history: 'all',
      expiresAt: 0,
    })
    const cases: (readonly [WrittenEvent, string])[] = [
      [eve.join(ada, byLink.id, 'all'), 'wrong-proof'],
      [eve.join(ada, byLink.id, 'all', proveInvite(secret, ada.room, byLink.id, fay.person)), 'wrong-proof'],
      [eve.join(ada, byLink.id, 'all', proveInvite(secret, new Uint8Array(32), byLink.id, eve.person)), 'wrong-proof'],
      [eve.join(ada, named.id, 'all'), 'wrong-proof'],
    ]
    const foreign = eve.say({
      kind: 'join',
      invite: named.id,
      epoch: byLink.epoch,
      member: fay.record,
      messages: 0,
    })
    cases.push([foreign, 'foreign-record'])
    tell(ada, eve)
    ada.say({ kind: 'revoke', invite: byLink.id })
    tell(ada, eve)
    cases.push([
      eve.join(ada, byLink.id, 'all', proveInvite(secret, ada.room, byLink.id, eve.person)),
      'unknown-invite',
    ])
    const view = outcome([ada, bob, cleo, dan, eve])
    for (const [event, reason] of cases) assert.equal(refusal(view, event), reason)
    assert.equal(view.members.size, 4)
  })

  it('is a member record that its person did not sign', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const record = dan.recordNamed('Daniel')
    const deviceList = record.deviceList.map((byte, i) => (i === record.deviceList.length - 1 ? byte ^ 1 : byte))
    const forged = dan.say({ kind: 'profile', member: { ...record, deviceList }, cuts: [] })
    const foreign = dan.say({ kind: 'profile', member: bob.record, cuts: [] })
    const right = dan.say({ kind: 'profile', member: record, cuts: [] })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, forged), 'foreign-signature')
    assert.equal(refusal(view, foreign), 'foreign-record')
    assert.equal(refusal(view, right), undefined)
    assert.equal(view.members.get(dan.person)?.record.name, 'Daniel')
  })

  it('is an epoch sealed to nobody, or one that somebody else began', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const epoch = '0'.repeat(32) as EpochId
    const empty = dan.say({ kind: 'rekey', epoch, earlier: [], boxes: [] })
    const strange = dan.say({
      kind: 'rekey',
      epoch,
      earlier: [],
      boxes: [{ hint: '0'.repeat(16), sealed: new Uint8Array(80) }],
    })
    bob.rekey()
    const begun = bob.view.epochs.at(-1)
    assert.ok(begun)
    dan.hear(...bob.events.values())
    const boxes = [...begun.hints].map((hint) => ({ hint, sealed: new Uint8Array(80) }))
    const taken = dan.say({ kind: 'rekey', epoch: begun.id, earlier: [], boxes })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, empty), 'sealed-to-nobody')
    assert.equal(refusal(view, strange), 'sealed-to-nobody')
    assert.equal(refusal(view, taken), 'epoch-taken')
    assert.equal(view.epochs.length, 2)
  })

  it('is one under a key that was never announced to all', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const secret = ada.write({ kind: 'title', title: 'For some only' }, { epoch: '1'.repeat(32) as EpochId })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), secret), 'unknown-epoch')
  })

  it('is one that stands in clear and should not, or the other way round', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const open = ada.write({ kind: 'title', title: 'In clear' }, { epoch: toHex(clearEpoch) as EpochId })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(refusal(view, open), 'malformed')
    assert.equal(view.title, 'Room')
  })

  it('is a second founding, or one of another room', () => {
    const [ada, eve] = [new SimulatedMember('Ada', 1), new SimulatedMember('Eve', 2)]
    const first = ada.found()
    const again = ada.say({
      kind: 'found',
      nonce: new Uint8Array(32),
      title: 'x',
      topic: '',
      whoInvites: 'admins',
      member: ada.record,
    })
    eve.room = ada.room
    eve.replay = new RoomReplay(ada.room)
    const false_ = eve.write(
      { kind: 'found', nonce: new Uint8Array(32), title: 'x', topic: '', whoInvites: 'admins', member: eve.record },
      { epoch: first.epoch, clock: 1 },
    )
    const view = outcome([ada, eve])
    assert.equal(refusal(view, first), undefined)
    assert.equal(refusal(view, again), 'not-the-founding')
    assert.equal(refusal(view, false_), 'not-the-founding')
    const other = replay(roomIdOf(eve.person, new Uint8Array(32)), [readable(first)])
    assert.ok(!other.isFounded)
  })

  it('is one whose clock is not later than what it names, so that no circle can be made', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const late = bob.say({ kind: 'title', title: 'Late' })
    ada.hear(late)
    const circular = ada.write({ kind: 'title', title: 'Circular' }, { after: [late.id], clock: late.clock })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), circular), 'clock')
  })
})

describe('an operation that comes after something nobody has', () => {
  it('waits, and so does what its author writes later; all others go on', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const stuck = bob.write({ kind: 'title', title: 'Stuck' }, { after: [nowhere] })
    bob.say({ kind: 'title', title: 'Behind it' })
    tell(ada, bob, cleo, dan)
    cleo.say({ kind: 'title', title: 'Goes on' })
    const view = outcome([ada, bob, cleo, dan])
    assert.equal(view.title, 'Goes on')
    assert.equal(view.waiting, 2)
    assert.ok(!view.heads.includes(stuck.id))
  })
})
