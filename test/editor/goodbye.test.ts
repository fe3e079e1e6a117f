import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { traceFailure } from './harness/traceFailure.ts'
import type { SeatedPerson } from './harness/person.ts'
import { startWorld, type World } from './harness/world.ts'
import { inARoom } from './script/inARoom.ts'
import { meeting } from './script/meeting.ts'
import { parting } from './script/parting.ts'
import type { Cast } from './script/step.ts'
import { talking } from './script/talking.ts'

const script = [...meeting, ...talking, ...inARoom, ...parting]

describe('fifty steps from the installed extension to goodbye', () => {
  let world: World
  let cast: Cast
  /** Where the script broke off: nothing that follows can be as it should. */
  let broken: string | undefined
  before(async () => {
    world = await startWorld(['Alice', 'Bob', 'Carol'])
    const [alice, bob, carol] = world.people as [SeatedPerson, SeatedPerson, SeatedPerson]
    cast = { world, alice, bob, carol, notes: new Map() }
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  for (const [index, one] of script.entries())
    test(`${String(index + 1)}: ${one.name}`, async () => {
      assert.equal(broken, undefined, 'the script broke off before')
      broken = one.name
      await one.run(cast)
      broken = undefined
    })

  test('are fifty, and nobody saw an error or a breach of the content security policy', () => {
    assert.equal(script.length, 50)
    for (const { name, browser } of world.people) assert.deepEqual(browser.complaints, [], name)
  })
})
