import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import type { Home, SpawnOptions, World } from './world.ts'

export interface Friends {
  readonly homes: { readonly ada: Home; readonly bob: Home }
  readonly ada: HeadlessPeer
  readonly bob: HeadlessPeer
  readonly conversation: ConversationId
}

/** Ada, who invited, and Bob, who joined: contacts, and linked. `options`: for the processes of both. */
export async function friends(world: World, options: SpawnOptions = {}): Promise<Friends> {
  const homes = { ada: await world.home('Ada'), bob: await world.home('Bob') }
  const [ada, bob] = await Promise.all([homes.ada.setUp(options), homes.bob.setUp(options)])
  return { homes, ada, bob, conversation: await world.befriend(ada, bob) }
}
