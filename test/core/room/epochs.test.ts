/** Which key is written under, when there must be a new one, and how those who lack keys get them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  currentEpoch,
  isRekeyDue,
  isWorn,
  maxEpochAgeMs,
  maxEpochMessages,
} from '../../../src/core/room/currentEpoch.ts'
import { deviceHint, openKeys, type HeldKey } from '../../../src/core/room/keyBox.ts'
import type { EpochId } from '../../../src/core/room/operation.ts'
import { startEpoch } from '../../../src/core/room/rekey.ts'
import { roomOfFour } from './people.ts'
import { contentOf, SimulatedMember, tell } from './simulatedMember.ts'

const isDue = (member: SimulatedMember): boolean =>
  isRekeyDue(member.view, member.person, (epoch) => member.keys.get(epoch))
const current = (member: SimulatedMember): EpochId | undefined => currentEpoch(member.view)?.id
const kindsHeld = (member: SimulatedMember): string[] =>
  member.view.epochs.map(({ id }) => member.keys.get(id)?.kind ?? '-')

describe('the epoch to write in', () => {
  it('stays the same when somebody joins who may read everything', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    for (const member of [ada, bob, cleo, dan]) {
      assert.equal(current(member), ada.view.epochs[0]?.id)
      assert.ok(!isDue(member))
      assert.equal(member.view.epochs.length, 1)
    }
  })

  it('is a new one, of the newcomer, when it is to read from now on: it opens all operations and no older message', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    ada.bring(eve, 'member', 'from-now')
    tell(ada, bob, cleo, dan, eve)
    assert.deepEqual(kindsHeld(eve), ['control', 'whole'])
    assert.equal(eve.view.title, 'Room')
    for (const member of [ada, bob, cleo, dan, eve]) {
      assert.deepEqual(member.view, ada.view)
      assert.equal(current(member), eve.view.epochs[1]?.id)
      assert.equal(member.keys.get(current(member) as EpochId)?.kind, 'whole')
    }
  })

  it('is none while somebody who left holds the newest, and one that everybody else holds afterwards', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    dan.say({ kind: 'leave', cuts: dan.cuts(dan) })
    tell(ada, bob, cleo, dan)
    assert.equal(current(ada), undefined)
    assert.ok(isDue(ada) && isDue(bob))
    assert.ok(!isDue(dan))
    bob.rekeyIfDue()
    tell(ada, bob, cleo, dan)
    assert.ok(!isDue(ada) && !isDue(bob) && !isDue(cleo))
    assert.ok(!dan.keys.has(current(ada) as EpochId))
  })

  it('is not one that was begun without knowing of a removal', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    ada.rekeyIfDue()
    const right = current(ada)
    cleo.rekey()
    tell(ada, bob, cleo)
    assert.equal(ada.view.epochs.length, 3)
    assert.equal(current(ada), right)
    assert.equal(current(cleo), right)
  })

  it('of two begun at once is the same one for everybody', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    for (const member of [cleo, bob, ada]) member.rekey()
    tell(ada, bob, cleo, dan)
    assert.equal(new Set([ada, bob, cleo, dan].map(current)).size, 1)
    for (const member of [ada, bob, cleo, dan]) {
      assert.ok(!isDue(member))
      assert.deepEqual(kindsHeld(member), ['whole', 'whole', 'whole', 'whole'])
    }
  })

  it('is of no use to who has the key of a device, and not the key of the epoch before that the device destroyed', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const first = current(ada)
    bob.rekey()
    const second = current(bob)
    tell(ada, bob, cleo, dan)
    ada.say({ kind: 'remove', person: cleo.person, cuts: ada.cuts(cleo) })
    ada.rekeyIfDue()
    tell(ada, bob, dan)
    const opened = (holding: readonly (EpochId | undefined)[]): (EpochId | undefined)[] => {
      const held = (epoch: EpochId): HeldKey | undefined => (holding.includes(epoch) ? dan.keys.get(epoch) : undefined)
      return [...dan.events.values()].flatMap((event) => {
        const content = contentOf(event)
        if (!('operation' in content) || content.operation.kind !== 'rekey') return []
        const { epoch, boxes } = content.operation
        const box = boxes.find(({ hint }) => hint === deviceHint(epoch, dan.device))
        return box && openKeys(dan.room, epoch, box.sealed, dan.deviceKeys, held) ? [epoch] : []
      })
    }
    assert.deepEqual(opened([]), [])
    assert.deepEqual(opened([first]), [second])
    assert.deepEqual(opened([second]), [current(ada)])
  })

  it('brings no keys that everybody holds, and may be sealed in several operations', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    bob.rekey()
    tell(ada, bob, cleo, dan)
    const { id, key, operations } = startEpoch({
      room: ada.room,
      replay: ada.replay,
      held: (epoch) => ada.keys.get(epoch),
      random: ada.random,
    })
    const [operation, another] = operations
    assert.ok(operation && another === undefined)
    assert.deepEqual(operation.earlier, [])
    assert.equal(operation.boxes.length, 4)
    ada.keys.set(id, { kind: 'whole', bytes: key })
    ada.say({ ...operation, boxes: operation.boxes.slice(0, 2) })
    assert.notEqual(current(ada), id)
    ada.say({ ...operation, boxes: operation.boxes.slice(2) })
    tell(ada, bob, cleo, dan)
    for (const member of [ada, bob, cleo, dan]) assert.equal(current(member), id)
    assert.equal(ada.view.lines.filter(({ body }) => body.change === 'rekeyed').length, 2)
  })

  it('wears out by age and by use', () => {
    const { ada } = roomOfFour()
    const epoch = currentEpoch(ada.view)
    assert.ok(epoch)
    assert.ok(!isWorn(epoch, epoch.startedAt + maxEpochAgeMs, maxEpochMessages - 1))
    assert.ok(isWorn(epoch, epoch.startedAt + maxEpochAgeMs + 1, 0))
    assert.ok(isWorn(epoch, epoch.startedAt, maxEpochMessages))
  })
})

describe('keys that somebody lacks', () => {
  it('come with the next epoch when it joined while others began one', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const [eve, fay] = [new SimulatedMember('Eve', 5), new SimulatedMember('Fay', 6)]
    ada.say({ kind: 'remove', person: dan.person, cuts: ada.cuts(dan) })
    ada.rekeyIfDue()
    const hidden = ada.say({ kind: 'title', title: 'Under the new key' })
    bob.bring(eve)
    bob.bring(fay, 'member', 'from-now')
    tell(ada, bob, cleo, eve, fay)
    assert.equal(eve.view.refused.find(({ operation }) => operation === hidden.id)?.reason, 'key-missing')
    assert.ok(isDue(cleo))
    cleo.rekeyIfDue()
    tell(ada, bob, cleo, eve, fay)
    for (const member of [ada, bob, cleo, eve, fay]) {
      assert.deepEqual(member.view, ada.view)
      assert.equal(member.view.title, 'Under the new key')
      assert.ok(!isDue(member))
    }
    assert.ok(eve.view.epochs.every(({ id }) => eve.keys.get(id)?.kind === 'whole'))
    // What was there before Fay came stays closed, what was begun at the same time does not.
    assert.equal(fay.keys.get(fay.view.epochs[0]?.id as EpochId)?.kind, 'control')
    assert.equal(fay.keys.get(hidden.epoch)?.kind, 'whole')
  })

  it('are asked for by whoever lacks them, once', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    // Bob begins an epoch, Cleo brings somebody in and begins one for all: the newest is for all, the other is not.
    bob.rekey()
    const hidden = bob.say({ kind: 'title', title: 'Not for Eve' })
    cleo.bring(eve)
    cleo.rekey()
    tell(ada, bob, cleo, dan, eve)
    assert.ok(!isDue(ada))
    assert.notEqual(eve.view.title, 'Not for Eve')
    assert.ok(!eve.view.heads.includes(hidden.id), 'what cannot be opened is not known')
    eve.mend()
    eve.mend()
    assert.deepEqual(eve.view.members.get(eve.person)?.lacking, [hidden.epoch])
    assert.equal([...eve.events.values()].filter(({ device }) => device === eve.device).length, 2)
    tell(ada, eve)
    // Whoever has the key by now does not begin an epoch to help itself.
    const key = ada.keys.get(hidden.epoch)
    assert.ok(key)
    eve.keys.set(hidden.epoch, key)
    assert.ok(!isDue(eve))
    eve.keys.delete(hidden.epoch)
    ada.mend()
    tell(ada, eve)
    assert.equal(eve.view.title, 'Not for Eve')
    eve.mend()
    assert.deepEqual(eve.view, ada.view)
  })

  it('come also of an epoch that turned out void, in which somebody wrote who did not know', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    bob.rekey()
    cleo.hear(...bob.events.values())
    const hidden = cleo.say({ kind: 'title', title: 'Not for Eve' })
    ada.bring(eve)
    // Ada does not know that Bob began an epoch: as she sees it, he was out by then.
    ada.say({ kind: 'remove', person: bob.person, cuts: ada.cuts(bob) })
    ada.rekeyIfDue()
    tell(ada, cleo, dan, eve)
    assert.deepEqual(
      ada.view.voidEpochs.map(({ id }) => id),
      [hidden.epoch],
    )
    assert.ok(eve.view.refused.some(({ operation, reason }) => operation === hidden.id && reason === 'key-missing'))
    for (let round = 0; round < 2; round++)
      for (const member of [eve, ada, cleo, dan]) {
        member.mend()
        tell(ada, cleo, dan, eve)
      }
    assert.equal(eve.keys.get(hidden.epoch)?.kind, 'whole')
    for (const member of [ada, cleo, dan]) assert.deepEqual(member.view, eve.view)
    assert.ok(!bob.keys.has(currentEpoch(ada.view)?.id as EpochId))
  })

  it('come when they are asked for, as far as the asker may have them', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const eve = new SimulatedMember('Eve', 5)
    ada.bring(eve, 'member', 'from-now')
    tell(ada, bob, cleo, dan, eve)
    const [first, second] = ada.view.epochs.map(({ id }) => id) as [EpochId, EpochId]
    dan.keys.delete(first)
    dan.say({ kind: 'lacking', epochs: [first] })
    eve.keys.delete(first)
    eve.write({ kind: 'lacking', epochs: [first] }, { epoch: second })
    tell(ada, bob, cleo, dan, eve)
    assert.ok(isDue(ada))
    assert.deepEqual(ada.view.members.get(dan.person)?.lacking, [first])
    ada.rekeyIfDue()
    tell(ada, bob, cleo, dan, eve)
    assert.equal(dan.keys.get(first)?.kind, 'whole')
    assert.equal(eve.keys.get(first)?.kind, 'control')
    assert.ok(!isDue(ada))
    for (const { lacking } of ada.view.members.values()) assert.deepEqual(lacking, [])
  })

  it('are replaced by a new epoch of whoever was left out of one', () => {
    const { ada, bob, cleo, dan } = roomOfFour()
    const { hints } = ada.view.epochs[0] as { hints: ReadonlySet<string> }
    assert.equal(hints.size, 1)
    bob.rekey()
    const epoch = current(bob) as EpochId
    tell(ada, bob, cleo, dan)
    // As if the box for Dan had held garbage.
    dan.keys.delete(epoch)
    assert.ok(isDue(dan))
    assert.ok(!isDue(ada))
  })
})
