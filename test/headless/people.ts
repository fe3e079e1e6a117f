import type { ConversationId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import type { Home, World } from './world.ts'

export interface Friends {
  readonly homes: { readonly ada: Home; readonly bob: Home }
  readonly ada: HeadlessPeer
  readonly bob: HeadlessPeer
  readonly conversation: ConversationId
}

/** Ada, who invited, and Bob, who joined: contacts, and linked. */
export async function friends(world: World): Promise<Friends> {
  const homes = { ada: await world.home('Ada'), bob: await world.home('Bob') }
  const [ada, bob] = await Promise.all([homes.ada.setUp(), homes.bob.setUp()])
  return { homes, ada, bob, conversation: await world.befriend(ada, bob) }
}
