import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { count } from '../../record/tally.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

/** Whom a person has a conversation with. */
async function contactsOf(person: SimulatedPerson): Promise<string[]> {
  const conversations = await person.request('conversation/list', {})
  return conversations.flatMap(({ members }) => members.map(({ person: member }) => member))
}

const commit = fc.integer({ min: 1, max: 8 })
const delayMs = fc.integer({ min: 0, max: 120 })

test('of two who follow one invite at once, whoever of the three dies in the middle, exactly one gets the seat', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000_000),
      fc.option(fc.record({ who: fc.constantFrom(0, 1, 2), commit })),
      delayMs,
      fc.boolean(),
      async (seed, death, later, autoAccept) => {
        const world = new World(seed)
        const alice = await world.person('Alice')
        const joiners = [await world.person('Bob'), await world.person('Carol')]
        const { link, invite } = await alice.request('invite/create', { kind: 'contact', autoAccept })
        const everybody = [alice, ...joiners]
        const mortal = death === null ? undefined : everybody[death.who]
        if (death !== null) mortal?.crashAfterCommits(death.commit)
        count({ faults: death === null ? 0 : 1, badInputs: 1 })
        // Whoever dies gets no answer; the one without the seat gets a refusal.
        for (const joiner of joiners) {
          joiner.chat.request('invite/accept', { link }).catch(() => undefined)
          await world.clock.advance(later)
        }
        await world.clock.advance(5_000)
        if (mortal !== undefined) {
          if (!mortal.isCrashed) mortal.crash()
          await mortal.start()
        }
        for (const { chat } of everybody) await world.settled(chat.request('network/retry', {}))
        // A dead line is noticed after ten seconds, and dialled again after a while.
        await world.clock.advance(120_000)
        if (!autoAccept) {
          const { own } = await alice.request('invite/list', {})
          if (own.some(({ state }) => state === 'joining'))
            await alice.request('invite/confirm', { invite, accept: true })
          await world.clock.advance(120_000)
        }
        const seated = await contactsOf(alice)
        const persons = await Promise.all(joiners.map(async (joiner) => (await joiner.identity()).person))
        const winners = await Promise.all(joiners.map(async (joiner) => (await contactsOf(joiner)).length))
        assert.ok(seated.length <= 1, `${String(seated.length)} seats`)
        assert.deepEqual(
          winners,
          persons.map((person) => (seated.includes(person) ? 1 : 0)),
          'a joiner has a contact exactly where the inviter has one',
        )
        // A joiner that dies before it wrote anything down does not follow the link any more: then nobody may come.
        if (death === null || death.who === 0) assert.equal(seated.length, 1)
      },
    ),
    { numRuns: 60 },
  )
})
