import type { ConversationId } from '../../../src/shared/ids.ts'
import type { HistoryAccess, Role } from '../../../src/shared/rooms.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import { World } from './world.ts'

/** What an invite into a room gives. */
export interface RoomTerms {
  readonly role?: Exclude<Role, 'owner'>
  readonly history?: HistoryAccess
}

/** A simulated world with rooms in it. */
export class RoomWorld extends World {
  /** A room of new people, the first of whom founds it and invites the others by links; all linked to all. */
  async room<N extends readonly string[]>(
    ...names: N
  ): Promise<{ people: { [K in keyof N]: SimulatedPerson }; conversation: ConversationId }> {
    const people: SimulatedPerson[] = []
    for (const name of names) people.push(await this.person(name))
    const [founder, ...others] = people as [SimulatedPerson, ...SimulatedPerson[]]
    const { conversation } = await founder.request('room/create', { title: 'Team' })
    for (const other of others) await this.join(founder, other, conversation)
    await this.clock.advance(10_000)
    return { people: people as { [K in keyof N]: SimulatedPerson }, conversation }
  }

  /** Lets somebody into a room by a link. */
  async join(
    inviter: SimulatedPerson,
    joiner: SimulatedPerson,
    conversation: ConversationId,
    terms: RoomTerms = {},
  ): Promise<void> {
    const { link } = await inviter.request('room/invite', { conversation, ...terms })
    const joined = await joiner.request('invite/accept', { link: link ?? '' })
    if (joined.conversation !== conversation) throw new Error(`Not joined: ${joined.state}`)
    await this.clock.advance(5_000)
  }
}
