/**
 * Whatever members do, in whatever order they hear of it: in the end all who belong see one room and hold one key, and
 * nobody who is out opens anything that was written by somebody who knew.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { currentEpoch } from '../../../src/core/room/currentEpoch.ts'
import { refusalOf, type MemberOperation } from '../../../src/core/room/judge.ts'
import type { OperationId } from '../../../src/core/room/operation.ts'
import { RoomReplay } from '../../../src/core/room/replay.ts'
import type { HistoryAccess, Role } from '../../../src/shared/rooms.ts'
import type { MessageId } from '../../../src/shared/ids.ts'
import { outcome, readable } from './outcome.ts'
import { contentOf, SimulatedMember, tell, type WrittenEvent } from './simulatedMember.ts'

type Invitable = Exclude<Role, 'owner'>
type Step =
  /** `to` hears what `from` has heard, all of it or the first few. */
  | { readonly type: 'hear'; readonly from: number; readonly to: number; readonly few: boolean }
  | {
      readonly type: 'bring'
      readonly who: number
      readonly whom: number
      readonly role: Invitable
      readonly history: HistoryAccess
    }
  | {
      readonly type: 'do'
      readonly who: number
      readonly whom: number
      readonly what: (typeof deeds)[number]
      readonly role: Invitable
      readonly lies: boolean
    }
  | { readonly type: 'write'; readonly who: number; readonly count: number }

const deeds = [
  'remove',
  'role',
  'leave',
  'hand-over',
  'title',
  'who-invites',
  'pin',
  'unpin',
  'erase',
  'profile',
  'rekey',
] as const
const who = fc.nat(5)
const role = fc.constantFrom<Invitable>('admin', 'admin', 'member', 'read-only')
const plain = { noNullPrototype: true }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('hear' as const), from: who, to: who, few: fc.boolean() }, plain),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        type: fc.constant('bring' as const),
        who,
        whom: who,
        role,
        history: fc.constantFrom<HistoryAccess>('all', 'from-now'),
      },
      plain,
    ),
  },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        type: fc.constant('do' as const),
        who,
        whom: who,
        what: fc.constantFrom(...deeds),
        role,
        lies: fc.nat(5).map((n) => n === 0),
      },
      plain,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('write' as const), who, count: fc.integer({ min: 1, max: 9 }) }, plain),
  },
)

function run(people: readonly SimulatedMember[], step: Step): void {
  const at = (index: number): SimulatedMember => people[index % people.length] as SimulatedMember
  switch (step.type) {
    case 'hear': {
      const events = [...at(step.from).events.values()]
      // Whoever is no member yet hears of the room when it joins.
      if (at(step.to).events.size > 0) at(step.to).hear(...(step.few ? events.slice(0, events.length / 2) : events))
      return
    }
    case 'bring': {
      const [host, guest] = [at(step.who), at(step.whom)]
      const to = { kind: 'person', person: guest.person } as const
      if (host === guest || guest.view.members.has(guest.person)) return
      if (
        refusalOf(host.view, host.person, host.device, {
          kind: 'invite',
          to,
          role: step.role,
          history: step.history,
          expiresAt: 0,
        })
      )
        return
      host.rekeyIfDue()
      host.bring(guest, step.role, step.history)
      return
    }
    case 'do': {
      const [member, other] = [at(step.who), at(step.whom)]
      // Who was never in has nothing to say.
      if (member.events.size === 0) return
      if (step.what === 'rekey') {
        if (member.view.members.has(member.person)) member.rekey()
      } else act(member, operationOf(member, other, step.what, step.role), step.lies)
      return
    }
    case 'write':
      at(step.who).messages.set(at(step.who).device, (at(step.who).messages.get(at(step.who).device) ?? 0) + step.count)
      return
  }
}

/** Says what it may say, under a key that only members hold; or lies: says it anyway, and as if it had heard little. */
function act(member: SimulatedMember, operation: MemberOperation, lies: boolean): void {
  if (lies) {
    const known = [...member.events.values()]
    const last = known[Math.floor(known.length / 2)] ?? known[0]
    if (last === undefined) return
    const lie = member.write(operation, { after: [last.id], clock: member.ownClock + last.clock + 1 })
    member.lies.add(lie.id)
    return
  }
  if (refusalOf(member.view, member.person, member.device, operation) !== undefined) return
  member.rekeyIfDue()
  member.say(operation)
  member.rekeyIfDue()
}

function operationOf(
  member: SimulatedMember,
  other: SimulatedMember,
  what: Exclude<(typeof deeds)[number], 'rekey'>,
  role: Invitable,
): MemberOperation {
  const about = { person: other.person, cuts: member.cuts(other) }
  const message = other.device.padEnd(76, '0') as MessageId
  switch (what) {
    case 'remove':
    case 'hand-over':
      return { kind: what, ...about }
    case 'role':
      return { kind: 'role', role, ...about }
    case 'leave':
      return { kind: 'leave', cuts: member.cuts(member) }
    case 'title':
      return { kind: 'title', title: `By ${member.name}, ${member.sentAt}` }
    case 'who-invites':
      return { kind: 'who-invites', whoInvites: role === 'admin' ? 'admins' : 'everybody' }
    case 'pin':
    case 'unpin':
      return { kind: what, message }
    case 'erase':
      return { kind: 'erase', message, person: other.person, edits: [] }
    case 'profile':
      return { kind: 'profile', member: member.recordNamed(`${member.name} ${member.sentAt}`), cuts: [] }
  }
}

/** Lets everybody hear everything, and members mend their keys, until all is quiet. */
function heal(people: readonly SimulatedMember[]): void {
  const present = people.filter(({ events }) => events.size > 0)
  for (let round = 0; round < 4; round++) {
    tell(...present)
    // One after the other, as by whoever writes next.
    for (const member of present) {
      member.mend()
      tell(...present)
    }
  }
}

function check(people: readonly SimulatedMember[]): void {
  const present = people.filter(({ events }) => events.size > 0)
  const whole = outcome(present, 2)
  assert.ok(whole.isFounded)
  const members = present.filter(({ person }) => whole.members.has(person))
  assert.equal([...whole.members.values()].filter(({ role }) => role === 'owner').length, 1)
  const epoch = currentEpoch(whole)
  assert.ok(epoch, 'there is a key for all members and them alone')
  for (const member of members) {
    assert.deepEqual(member.view, whole, `${member.name} sees what all see`)
    assert.equal(member.keys.get(epoch.id)?.kind, 'whole', `${member.name} holds the key`)
  }
  // Also those whom somebody let in who, as it turned out, had not the right.
  for (const outsider of present.filter(({ person }) => !whole.members.has(person)))
    assert.notEqual(outsider.keys.get(epoch.id)?.kind, 'whole', `${outsider.name} does not hold the key`)
  for (const outsider of present.filter(({ person }) => whole.former.has(person))) checkOutsider(outsider, present)
}

/**
 * What somebody wrote who took another for out, that one does not open; unless somebody who knew of its going as well, and
 * had reason to take it for a member nevertheless, handed it the key. Such a reason (that it came back, or that whoever sent
 * it away had not the right) may turn out to be none when more is heard: no room without a quorum can hinder that.
 */
function checkOutsider(outsider: SimulatedMember, present: readonly SimulatedMember[]): void {
  const replay = new RoomReplay(outsider.room)
  replay.add(present.flatMap(({ events }) => [...events.values()].map(readable)))
  const beliefs = new Map(present.flatMap((member) => [...member.beliefs]))
  const isTakenForMember = (source: OperationId): boolean => {
    const event = outsider.events.get(source)
    const isInvite = event !== undefined && kindOf(event) === 'invite'
    return isInvite || beliefs.get(source)?.members.has(outsider.person) === true
  }
  for (const author of present)
    for (const [id, belief] of author.beliefs) {
      const going = belief.former.get(outsider.person)?.by
      const epoch = author.events.get(id)?.epoch
      // Whoever lies may seal its own words for whom it likes.
      if (author === outsider || author.lies.has(id) || going === undefined || epoch === undefined) continue
      for (const source of outsider.sources.get(epoch) ?? [])
        assert.ok(
          replay.isBefore(going, source) && isTakenForMember(source),
          `${outsider.name} does not open what ${author.name} wrote when it knew that ${outsider.name} was out`,
        )
    }
}

function kindOf(event: WrittenEvent): string | undefined {
  const content = contentOf(event)
  return 'unreadable' in content ? undefined : content.operation.kind
}

/** Two to six people, and what they do. */
export const anyCourse: fc.Arbitrary<Course> = fc.record(
  {
    people: fc.integer({ min: 2, max: 6 }),
    seed: fc.nat(1_000_000),
    steps: fc.array(anyStep, { minLength: 5, maxLength: 40 }),
  },
  plain,
)

export interface Course {
  readonly people: number
  readonly seed: number
  readonly steps: readonly Step[]
}

/** Plays a course, heals what it broke, and asserts all that must then hold. */
export function playCourse(course: Course): void {
  const people = Array.from(
    { length: course.people },
    (_, i) => new SimulatedMember(`Member ${i + 1}`, course.seed + i),
  )
  people[0]?.found(course.seed % 2 === 0 ? 'everybody' : 'admins')
  for (const step of course.steps) run(people, step)
  heal(people)
  check(people)
}
