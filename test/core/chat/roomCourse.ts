/**
 * Two to six people in one room on the real core, over a network in memory: they do anything in any order while
 * everything goes wrong around them. Then all is put right, and what they have is compared.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { ChatError } from '../../../src/shared/chatError.ts'
import type { ConversationId, PersonId } from '../../../src/shared/ids.ts'
import { roles, type HistoryAccess, type Role } from '../../../src/shared/rooms.ts'
import type { Message, ServiceMethod, ServiceRequests } from '../../../src/shared/service.ts'
import { mishaps, type Mishap } from '../../doubles/mishaps.ts'
import { keysOnDisk, newestEpochs } from './roomDisk.ts'
import { RoomWorld } from './roomWorld.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

type Invitable = Exclude<Role, 'owner'>
type Step =
  | {
      readonly type: 'join'
      readonly who: number
      readonly whom: number
      readonly role: Invitable
      readonly history: HistoryAccess
    }
  | { readonly type: 'send'; readonly who: number; readonly count: number }
  | { readonly type: 'setRole'; readonly who: number; readonly whom: number; readonly role: Role }
  | { readonly type: 'remove' | 'separate' | 'rejoin' | 'cut'; readonly who: number; readonly whom: number }
  | { readonly type: 'leave' | 'rename' | 'restart' | 'crash' | 'lose' | 'partition'; readonly who: number }
  | { readonly type: 'setClock'; readonly who: number; readonly byMs: number }
  | { readonly type: 'meddle'; readonly mishap: Mishap }
  | { readonly type: 'wait'; readonly ms: number }

export interface RoomCourse {
  readonly people: number
  readonly seed: number
  readonly steps: readonly Step[]
}

const hourMs = 60 * 60 * 1000
const plain = { noNullPrototype: true }
const who = fc.nat(5)
const someType = <const T extends Step['type']>(...types: T[]): fc.Arbitrary<T> => fc.constantFrom(...types)
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        type: someType('join'),
        who,
        whom: who,
        role: fc.constantFrom<Invitable>('admin', 'admin', 'member', 'read-only'),
        history: fc.constantFrom<HistoryAccess>('all', 'from-now'),
      },
      plain,
    ),
  },
  { weight: 5, arbitrary: fc.record({ type: someType('send'), who, count: fc.integer({ min: 1, max: 4 }) }, plain) },
  {
    weight: 2,
    arbitrary: fc.record({ type: someType('setRole'), who, whom: who, role: fc.constantFrom(...roles) }, plain),
  },
  { weight: 2, arbitrary: fc.record({ type: someType('remove'), who, whom: who }, plain) },
  { weight: 2, arbitrary: fc.record({ type: someType('separate', 'rejoin', 'cut'), who, whom: who }, plain) },
  {
    weight: 3,
    arbitrary: fc.record(
      { type: someType('leave', 'rename', 'rename', 'restart', 'crash', 'lose', 'partition'), who },
      plain,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { type: someType('setClock'), who, byMs: fc.constantFrom(-hourMs, -300_000, 300_000, hourMs) },
      plain,
    ),
  },
  { weight: 1, arbitrary: fc.record({ type: someType('meddle'), mishap: fc.constantFrom(...mishaps) }, plain) },
  { weight: 5, arbitrary: fc.constantFrom(1, 20, 200, 3_000, 15_000).map((ms): Step => ({ type: 'wait', ms })) },
)

/** Whatever so many people may do in a room, and what may happen to them. */
export const roomCourseOf = (people: { readonly min: number; readonly max: number }): fc.Arbitrary<RoomCourse> =>
  fc.record(
    {
      people: fc.integer(people),
      seed: fc.nat(1_000_000),
      steps: fc.array(anyStep, { minLength: 5, maxLength: 30 }),
    },
    plain,
  )

/** The same of two to six people. */
export const anyRoomCourse: fc.Arbitrary<RoomCourse> = roomCourseOf({ min: 2, max: 6 })

/** Plays a course. Throws where, in the end, something is not as it must be. */
export async function playRoomCourse({ people: count, seed, steps }: RoomCourse): Promise<void> {
  const world = new RoomWorld(seed)
  const people: SimulatedPerson[] = []
  for (let i = 0; i < count; i++) people.push(await world.person(`Person ${i + 1}`))
  const [founder] = people as [SimulatedPerson]
  const { conversation } = await founder.request('room/create', { title: 'Room', whoInvites: 'everybody' })
  const game = new RoomGame(world, people, conversation)
  // Everybody but the last is in from the start.
  for (const other of people.slice(1, Math.max(2, count - 1))) await world.join(founder, other, conversation)
  for (const step of steps) await game.play(step)
  await game.putRight()
  await game.judge()
}

class RoomGame {
  readonly #world: RoomWorld
  readonly #people: readonly SimulatedPerson[]
  readonly #room: ConversationId
  #said = 0

  constructor(world: RoomWorld, people: readonly SimulatedPerson[], room: ConversationId) {
    this.#world = world
    this.#people = people
    this.#room = room
  }

  async play(step: Step): Promise<void> {
    const { network, clock } = this.#world
    const conversation = this.#room
    switch (step.type) {
      case 'join': {
        const [host, guest] = [this.#at(step.who), this.#at(step.whom)]
        const invite = await this.#ask(host, 'room/invite', { conversation, role: step.role, history: step.history })
        // It may take until all is put right, or fail for good.
        if (invite?.link !== undefined && host !== guest)
          guest.chat.request('invite/accept', { link: invite.link }).catch(() => undefined)
        return clock.advance(500)
      }
      case 'send':
        for (let i = 0; i < step.count; i++) await this.#say(this.#at(step.who))
        return
      case 'setRole':
        await this.#ask(this.#at(step.who), 'room/setRole', {
          conversation,
          person: await this.#id(step.whom),
          role: step.role,
        })
        return
      case 'remove':
        await this.#ask(this.#at(step.who), 'room/remove', { conversation, person: await this.#id(step.whom) })
        return
      case 'leave':
        await this.#ask(this.#at(step.who), 'room/leave', { conversation })
        return
      case 'rename':
        await this.#ask(this.#at(step.who), 'room/set', { conversation, title: `Title ${++this.#said}` })
        return
      case 'separate':
      case 'rejoin':
      case 'cut':
        network[step.type](this.#at(step.who).transport, this.#at(step.whom).transport)
        return
      case 'partition': {
        const transports = this.#people.map(({ transport }) => transport)
        const middle = 1 + (step.who % (transports.length - 1))
        network.partition(transports.slice(0, middle), transports.slice(middle))
        return
      }
      case 'lose':
        network.lose(this.#at(step.who).transport)
        return
      case 'restart':
      case 'crash': {
        const person = this.#at(step.who)
        if (step.type === 'crash') person.crash()
        else await person.stop()
        await person.start()
        return
      }
      case 'setClock':
        this.#at(step.who).skewMs += step.byMs
        return
      case 'meddle':
        network.meddler.kind = step.mishap
        network.meddler.share = 0.1
        return
      case 'wait':
        return clock.advance(step.ms)
    }
  }

  /** Ends everything that goes wrong, gives everybody time, and lets everybody say something at last. */
  async putRight(): Promise<void> {
    const { network, clock } = this.#world
    network.meddler.kind = 'none'
    network.heal()
    for (const person of this.#people) {
      person.skewMs = 0
      // What was changed on its way may have left a link waiting for what never comes.
      network.lose(person.transport)
    }
    await clock.advance(60_000)
    for (const { chat } of this.#people) await this.#world.settled(chat.request('network/retry', {}))
    await clock.advance(10 * 60_000)
    // Keys that are lacking come with what somebody writes next.
    for (let round = 0; round < 2; round++)
      for (const person of this.#people) {
        await this.#say(person)
        await clock.advance(20_000)
      }
    await clock.advance(60_000)
  }

  async judge(): Promise<void> {
    const { members, outsiders } = await this.#standing()
    const last: string[] = []
    for (const member of members) if (await this.#say(member)) last.push(`Said ${this.#said}`)
    await this.#world.clock.advance(60_000)
    const histories = await Promise.all(members.map((one) => one.history(this.#room)))
    const titles = await Promise.all(members.map(async (one) => (await this.#conversation(one))?.title))
    assert.equal(new Set(titles).size, 1, 'all see the same title')
    const longest = histories.reduce((a, b) => (b.length > a.length ? b : a))
    const order = shown(longest)
    for (const history of histories) {
      const own = shown(history)
      const known = new Set(own)
      assert.deepEqual(
        own,
        order.filter((line) => known.has(line)),
        'all have what they have in the same order',
      )
      for (const text of last) assert.ok(textsOf(history).includes(text), `${text} is there`)
    }
    for (const outsider of outsiders) {
      const texts = textsOf(await outsider.history(this.#room).catch(() => []))
      for (const text of last) assert.ok(!texts.includes(text), 'who is out is told nothing')
    }
    await this.#judgeKeys(members, outsiders, last.length)
  }

  /** What was said last is sealed under keys that are on the disks of all members, and on nobody else's. */
  async #judgeKeys(
    members: readonly SimulatedPerson[],
    outsiders: readonly SimulatedPerson[],
    said: number,
  ): Promise<void> {
    for (const person of this.#people) await person.stop()
    const [first] = members
    assert.ok(first)
    const used = await newestEpochs(first, this.#room, said)
    for (const member of members) {
      const keys = await keysOnDisk(member)
      for (const epoch of used) assert.ok(keys.has(epoch), 'every member holds the key')
    }
    for (const outsider of outsiders) {
      const keys = await keysOnDisk(outsider)
      for (const epoch of used) assert.ok(!keys.has(epoch), 'nobody else does')
    }
  }

  #at(index: number): SimulatedPerson {
    return this.#people[index % this.#people.length] as SimulatedPerson
  }

  async #id(index: number): Promise<PersonId> {
    return (await this.#at(index).identity()).person
  }

  /** Asks for something that may be refused: `undefined` then. */
  async #ask<M extends ServiceMethod>(
    person: SimulatedPerson,
    method: M,
    params: ServiceRequests[M]['params'],
  ): Promise<ServiceRequests[M]['result'] | undefined> {
    try {
      return await person.request(method, params)
    } catch (error) {
      if (error instanceof ChatError) return undefined
      throw error
    }
  }

  /** Whether it was taken: who may not write is refused. */
  async #say(person: SimulatedPerson): Promise<boolean> {
    const body = { kind: 'text', text: `Said ${++this.#said}` } as const
    return (await this.#ask(person, 'message/send', { conversation: this.#room, body })) !== undefined
  }

  async #conversation(
    person: SimulatedPerson,
  ): Promise<ServiceRequests['conversation/list']['result'][number] | undefined> {
    return (await person.request('conversation/list', {})).find(({ id }) => id === this.#room)
  }

  /**
   * Who belongs: those whom all of them name, with the same roles. Somebody who was away when it was removed, and whom
   * nobody tells anything any more, may still believe that it does.
   */
  async #standing(): Promise<{ members: SimulatedPerson[]; outsiders: SimulatedPerson[] }> {
    const rosters = new Map<PersonId, string>()
    const people = new Map<PersonId, SimulatedPerson>()
    for (const person of this.#people) {
      const { person: id } = await person.identity()
      people.set(id, person)
      const room = (await this.#conversation(person))?.room
      if (room?.state === 'active') rosters.set(id, await this.#roster(person))
    }
    const agreed = new Set(
      [...rosters.values()].filter((roster) => idsOf(roster).every((id) => rosters.get(id) === roster)),
    )
    const [roster] = agreed
    assert.ok(roster !== undefined && agreed.size === 1, `one roster: ${[...rosters.values()].join(' | ')}`)
    assert.equal(roster.split(' owner').length, 2, 'there is one owner')
    const members = idsOf(roster)
    return {
      members: members.map((id) => people.get(id) as SimulatedPerson),
      outsiders: [...people].flatMap(([id, person]) => (members.includes(id) ? [] : [person])),
    }
  }

  async #roster(person: SimulatedPerson): Promise<string> {
    const members = await person.request('room/members', { conversation: this.#room })
    return members.map(({ person, role }) => `${person} ${role}`).join()
  }
}

function idsOf(roster: string): PersonId[] {
  return roster.split(',').map((line) => line.slice(0, 64) as PersonId)
}

/** What is shown, by its ids, but for the lines that a device writes for itself. */
function shown(history: readonly Message[]): string[] {
  return history.flatMap(({ id, body }) => (body.kind === 'notice' ? [] : [id]))
}

function textsOf(history: readonly Message[]): string[] {
  return history.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
}
