/** What members may do, one by one. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusalOf } from '../../../src/core/room/judge.ts'
import { replay } from '../../../src/core/room/replay.ts'
import { erasedKey } from '../../../src/core/room/roomView.ts'
import { inviteKeyPair } from '../../../src/core/room/roomKeys.ts'
import { maxMembers, maxPinned } from '../../../src/shared/rooms.ts'
import type { MessageId, PersonId } from '../../../src/shared/ids.ts'
import { outcome, readable, refusal } from './outcome.ts'
import { roomOfFour } from './people.ts'
import { SimulatedMember, tell } from './simulatedMember.ts'

const link = { kind: 'link', key: inviteKeyPair(new Uint8Array(32)).publicKey } as const
const anInvite = { kind: 'invite', to: link, role: 'member', history: 'all', expiresAt: 0 } as const

describe('what a member may do', () => {
  it('is asked before it is written', () => {
    const { ada, dan } = roomOfFour()
    const stranger = new SimulatedMember('Eve', 5)
    const rename = { kind: 'title', title: 'New' } as const
    assert.equal(refusalOf(ada.view, ada.person, ada.device, rename), undefined)
    assert.equal(refusalOf(ada.view, dan.person, dan.device, rename), 'not-allowed')
    assert.equal(refusalOf(ada.view, stranger.person, stranger.device, rename), 'not-a-member')
    ada.say({ kind: 'dissolve', cuts: [] })
    assert.equal(refusalOf(ada.view, ada.person, ada.device, rename), 'dissolved')
  })

  it('is to invite where everybody may, and to take its own invites back, and not those of others', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'who-invites', whoInvites: 'everybody' })
    tell(ada, bob, cleo, dan)
    const [byDan, bySenior, open] = [dan.say(anInvite), bob.say(anInvite), ada.say(anInvite)]
    const asAdmin = dan.say({ ...anInvite, role: 'admin' })
    tell(ada, bob, cleo, dan)
    const [byMember, byJunior] = [dan, cleo].map((member) => member.say({ kind: 'revoke', invite: bySenior.id }))
    assert.ok(byMember && byJunior)
    const own = dan.say({ kind: 'revoke', invite: byDan.id })
    tell(ada, bob, cleo, dan)
    const cases = [
      [byMember, 'not-allowed'],
      [byJunior, 'outranked'],
      [own, undefined],
      [ada.say({ kind: 'revoke', invite: bySenior.id }), undefined],
      [asAdmin, 'not-allowed'],
    ] as const
    const view = outcome([ada, bob, cleo, dan])
    for (const [event, reason] of cases) assert.equal(refusal(view, event), reason)
    assert.deepEqual([...view.invites.keys()], [open.id])
  })

  it('is to take back what somebody below wrote, also of one who left, as what it is said to be', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const message = 'ab'.repeat(38) as MessageId
    const edits = ['cd'.repeat(38) as MessageId]
    const erase = (person: PersonId) => ({ kind: 'erase', message, person, edits }) as const
    const cases = [
      [dan.say(erase(cleo.person)), 'not-allowed'],
      [cleo.say(erase(bob.person)), 'outranked'],
      [bob.say(erase(bob.person)), 'outranked'],
      [bob.say(erase(dan.person)), undefined],
      [ada.say(erase(cleo.person)), undefined],
    ] as const
    const view = outcome([ada, bob, cleo, dan])
    for (const [event, reason] of cases) assert.equal(refusal(view, event), reason)
    // Whoever names a wrong author takes nothing else back, and hides no right word.
    assert.equal(view.erased.get(erasedKey(message, dan.person))?.by, bob.person)
    assert.equal(view.erased.get(erasedKey(edits[0] as MessageId, dan.person))?.part, 'about')
    assert.equal(view.erased.get(erasedKey(message, bob.person)), undefined)
    dan.say({ kind: 'leave', cuts: [] })
    tell(ada, bob, cleo, dan)
    const later = cleo.say({ ...erase(dan.person), message: 'ef'.repeat(38) as MessageId })
    assert.equal(refusal(outcome([ada, bob, cleo]), later), undefined)
  })

  it('is to pin so many messages and no more', () => {
    const { ada } = roomOfFour()
    const message = (index: number): MessageId => String(index).padStart(76, '0') as MessageId
    for (let i = 0; i < maxPinned; i++) ada.say({ kind: 'pin', message: message(i) })
    const [again, more] = [
      ada.say({ kind: 'pin', message: message(0) }),
      ada.say({ kind: 'pin', message: message(99) }),
    ]
    const view = outcome([ada], 1)
    assert.equal(refusal(view, again), undefined)
    assert.equal(refusal(view, more), 'too-many-pins')
    assert.equal(view.pinned.length, maxPinned)
  })

  it('ends where the room is full', () => {
    const ada = new SimulatedMember('Ada', 1)
    ada.found()
    const events = [...ada.events.values()].map(readable)
    let last = events[0]
    for (let i = 1; i <= maxMembers; i++) {
      assert.ok(last)
      const guest = new SimulatedMember(`Guest ${i}`, 100 + i)
      const to = { kind: 'person', person: guest.person } as const
      // Said by the owner to all at once, so that each joining is judged by how many came before.
      const invite = ada.write({ ...anInvite, to }, { after: [], epoch: last.epoch, clock: 1 + i })
      const joining = { invite: invite.id, epoch: invite.epoch, member: guest.record, messages: 0 }
      const how = { after: [invite.id], epoch: last.epoch, clock: 1000 + i }
      const join = guest.write({ kind: 'join', ...joining }, how)
      events.push(readable(invite), readable(join))
      last = events.at(-1)
    }
    const view = replay(ada.room, events)
    assert.equal(view.members.size, maxMembers)
    assert.deepEqual(
      view.refused.map(({ operation, reason }) => [operation, reason]),
      [[last?.id, 'room-full']],
    )
    assert.equal(refusalOf(view, ada.person, ada.device, anInvite), 'room-full')
  })
})

describe('the devices of a member', () => {
  it('come with a newer list of its person, speak for it, and go with one that leaves them out', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const second = new SimulatedMember('Dan', 8, dan)
    second.enter(dan)
    const both = second.recordNamed('Dan', 2, [dan])
    const arrival = second.say({ kind: 'profile', member: both, cuts: [] })
    tell(ada, bob, cleo, dan, second)
    assert.equal(refusal(outcome([ada, bob, cleo, dan, second]), arrival), undefined)
    assert.deepEqual(ada.view.members.get(dan.person)?.record.devices.length, 2)
    assert.equal(ada.view.devices.get(second.device)?.person, dan.person)
    ada.rekey()
    tell(ada, bob, cleo, dan, second)
    const older = dan.say({ kind: 'profile', member: dan.recordNamed('Dan', 1), cuts: [] })
    dan.say({ kind: 'profile', member: dan.recordNamed('Dan', 3), cuts: [{ device: second.device, messages: 4 }] })
    const late = second.write({ kind: 'lacking', epochs: [] }, { clock: 1_000 })
    tell(ada, bob, cleo, dan, second)
    const view = outcome([ada, bob, cleo, dan, second])
    assert.equal(refusal(view, older), 'foreign-record')
    assert.equal(refusal(view, late), 'not-a-member')
    assert.deepEqual(view.devices.get(second.device)?.messages, [{ from: 1, to: 4 }])
    // Its keys are those of a device that went.
    assert.ok(view.epochs.every(({ isClosed }) => isClosed))
  })

  it('are nobody else’s: a device that speaks for one person does not join for another', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    ada.messages.set(dan.device, 1)
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    const invite = ada.say({ ...anInvite, to: { kind: 'person', person: eve.person } })
    tell(ada, dan)
    const member = eve.recordNamed('Eve', 1, [dan])
    const join = dan.say({ kind: 'join', invite: invite.id, epoch: invite.epoch, member, messages: 0 })
    assert.equal(refusal(outcome([ada, bob, cleo, dan]), join), 'foreign-record')
  })
})

describe('a founding', () => {
  it('is by a device of its founder, and happens once', () => {
    const ada = new SimulatedMember('Ada', 1)
    const first = ada.found()
    const [eve, second] = [new SimulatedMember('Eve', 5), new SimulatedMember('Ada', 6, ada)]
    const content = readable(first).content
    assert.ok('operation' in content && content.operation.kind === 'found')
    const how = { epoch: first.epoch, after: [], clock: 2 }
    const byStranger = eve.write(content.operation, how)
    const again = second.write({ ...content.operation, member: second.recordNamed('Ada', 2, [ada]) }, how)
    assert.equal(replay(ada.room, [readable(byStranger)]).refused[0]?.reason, 'foreign-record')
    ada.hear(byStranger, again)
    const view = outcome([ada])
    assert.equal(refusal(view, again), 'not-the-founding')
    assert.equal(view.members.get(ada.person)?.record.devices.length, 1)
  })
})
