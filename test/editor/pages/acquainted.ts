import type { ConversationId } from '../../../src/shared/ids.ts'
import type { HeadlessPeer } from '../../headless/headlessPeer.ts'
import type { SeatedPerson } from '../harness/person.ts'
import { startWorld, type World } from '../harness/world.ts'
import { meetCorrespondent, setUp } from './stories.ts'

/** Alice at her editor, and Bob, who has none. They are contacts, and she has their conversation in sight. */
export interface Acquainted {
  readonly world: World
  readonly alice: SeatedPerson
  readonly bob: HeadlessPeer
  readonly conversation: ConversationId
}

/** Where many stories begin. Whoever calls this ends the world. */
export async function startAcquainted(): Promise<Acquainted> {
  const world = await startWorld(['Alice'])
  try {
    const [alice] = world.people as [SeatedPerson]
    const [bob] = await Promise.all([world.correspondent('Bob'), setUp(alice.workbench, 'Alice')])
    return { world, alice, bob, conversation: await meetCorrespondent(alice.workbench, bob) }
  } catch (error) {
    await world.end()
    throw error
  }
}
