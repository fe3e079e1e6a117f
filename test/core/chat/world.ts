import { createChat, type Chat } from '../../../src/core/chat.ts'
import type { Store } from '../../../src/core/ports/store.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type { Message, ServiceNotification, ServiceNotifications } from '../../../src/shared/service.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryIdentityFile } from '../../doubles/memoryIdentityFile.ts'
import { MemoryNetwork } from '../../doubles/memoryNetwork.ts'
import { MemorySecretKeeper } from '../../doubles/memorySecretKeeper.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import type { MemoryTransport } from '../../doubles/memoryTransport.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

/** One device in a simulated world: what survives a restart, and the chat that runs on it now. */
export class SimulatedPerson {
  readonly log = new RecordingLog()
  readonly file = new MemoryIdentityFile()
  readonly secrets = new MemorySecretKeeper()
  readonly store = new MemoryStore()
  readonly added: Message[] = []
  readonly changed: Message[] = []
  chat!: Chat
  transport!: MemoryTransport
  readonly #world: World
  readonly #random: SeededRandom

  constructor(world: World, seed: number) {
    this.#world = world
    this.#random = new SeededRandom(seed)
  }

  /** Starts the chat on what is there. */
  async start(): Promise<void> {
    const { network, clock } = this.#world
    this.transport = network.createTransport()
    const { store, file: identityFile, secrets, log, transport } = this
    const chatStore = outliving(store)
    this.chat = createChat({ store: chatStore, transport, identityFile, secrets, clock, random: this.#random, log })
    this.chat.on('message/added', ({ message }) => this.added.push(message))
    this.chat.on('message/changed', ({ message }) => this.changed.push(message))
    await this.chat.start()
    await clock.settle()
  }

  async stop(): Promise<void> {
    await this.#world.settled(this.chat.dispose())
  }

  /** The next notification of a kind that fits. */
  next<N extends ServiceNotification>(
    name: N,
    fits: (value: ServiceNotifications[N]) => boolean = () => true,
  ): Promise<ServiceNotifications[N]> {
    return new Promise((resolve) => {
      const subscription = this.chat.on(name, (value) => {
        if (!fits(value)) return
        subscription.dispose()
        resolve(value)
      })
    })
  }

  async history(conversation: ConversationId): Promise<readonly Message[]> {
    const { messages } = await this.#world.settled(
      this.chat.request('conversation/history', { conversation, limit: 200 }),
    )
    return messages
  }

  /** The texts of a conversation, in order. */
  async texts(conversation: ConversationId): Promise<string[]> {
    return (await this.history(conversation)).flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
  }

  async state(conversation: ConversationId, text: string): Promise<string | undefined> {
    return (await this.history(conversation)).find(({ body }) => body.kind === 'text' && body.text === text)?.state
  }
}

/** The store as one process sees it: closing it leaves what is in it to the next. */
function outliving(store: MemoryStore): Store {
  return new Proxy<Store>(store, {
    get: (target, name) => {
      if (name === 'close') return () => undefined
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** A clock and a network with people on it; the same seed gives the same run. */
export class World {
  readonly clock = new FakeClock()
  readonly network: MemoryNetwork
  readonly #seed: number
  #people = 0

  constructor(seed = 1) {
    this.#seed = seed
    this.network = new MemoryNetwork({ clock: this.clock, seed })
  }

  /** Somebody with an identity, online. */
  async person(name: string): Promise<SimulatedPerson> {
    const person = new SimulatedPerson(this, this.#seed * 1000 + ++this.#people)
    await person.start()
    await this.settled(person.chat.request('identity/create', { name }))
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

  /** Makes contacts of two people. Returns their conversation. */
  async befriend(inviter: SimulatedPerson, joiner: SimulatedPerson): Promise<ConversationId> {
    const { link } = await this.settled(inviter.chat.request('invite/create', { kind: 'contact', autoAccept: true }))
    const joined = await this.settled(joiner.chat.request('invite/accept', { link }))
    if (joined.conversation === undefined) throw new Error(`Not joined: ${joined.state}`)
    await this.clock.until(() => this.network.countConnections(inviter.transport, joiner.transport) > 0)
    await this.clock.advance(100)
    return joined.conversation
  }
}
