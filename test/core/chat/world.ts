import type { ConversationId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryNetwork } from '../../doubles/memoryNetwork.ts'
import { SimulatedPerson } from './simulatedPerson.ts'

/** A clock and a network with people on it; the same seed gives the same run. */
export class World {
  readonly clock: FakeClock
  readonly network: MemoryNetwork
  readonly #seed: number
  #people = 0

  /** `highWaterBytes`: how much a connection takes before it asks to wait. */
  constructor(seed = 1, { startMs, highWaterBytes }: { startMs?: number; highWaterBytes?: number } = {}) {
    this.#seed = seed
    this.clock = new FakeClock(startMs)
    this.network = new MemoryNetwork({ clock: this.clock, seed, ...(highWaterBytes && { highWaterBytes }) })
    this.network.delayMs = { least: 5, most: 25 }
  }

  /** Somebody without an identity yet, online. */
  async newcomer(skewMs = 0): Promise<SimulatedPerson> {
    const person = new SimulatedPerson(this, this.#seed * 1000 + ++this.#people)
    person.skewMs = skewMs
    await person.start()
    return person
  }

  /** Somebody with an identity, online. */
  async person(name: string, skewMs = 0): Promise<SimulatedPerson> {
    const person = await this.newcomer(skewMs)
    await person.request('identity/create', { name })
    await this.clock.settle()
    return person
  }

  /** Lets time pass until `promise` is settled, at most a minute of it. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let isDone = false
    const watched = promise.finally(() => (isDone = true))
    watched.catch(() => undefined)
    await this.clock.until(() => isDone)
    return watched
  }

  /** Makes contacts of two people, and links them. Returns their conversation. */
  async befriend(inviter: SimulatedPerson, joiner: SimulatedPerson): Promise<ConversationId> {
    const { link } = await inviter.request('invite/create', { kind: 'contact', autoAccept: true })
    const joined = await joiner.request('invite/accept', { link })
    if (joined.conversation === undefined) throw new Error(`Not joined: ${joined.state}`)
    await this.linked(inviter, joiner)
    await this.clock.advance(1_000)
    return joined.conversation
  }

  /** Two people who are contacts and linked, and their conversation. */
  async pair(): Promise<{ alice: SimulatedPerson; bob: SimulatedPerson; conversation: ConversationId }> {
    const alice = await this.person('Alice')
    const bob = await this.person('Bob')
    return { alice, bob, conversation: await this.befriend(alice, bob) }
  }

  /** Lets time pass until both have a link to each other, at most `limitMs`. */
  async linked(a: SimulatedPerson, b: SimulatedPerson, limitMs = 60_000): Promise<void> {
    const people = [a, b]
    const end = this.clock.monotonicMs() + limitMs
    for (;;) {
      const statuses = await Promise.all(people.map((person) => person.chat.request('network/status', {})))
      const other = [await b.chat.request('identity/get', {}), await a.chat.request('identity/get', {})]
      if (statuses.every(({ links }, i) => links.some(({ person }) => person === other[i]?.person))) return
      const nextMs = this.clock.nextTimerInMs
      if (nextMs === undefined || this.clock.monotonicMs() + nextMs > end) throw new Error('Not linked in time')
      await this.clock.advance(nextMs)
    }
  }
}
