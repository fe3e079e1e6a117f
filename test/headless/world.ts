import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { ConversationId, MessageId, PersonId } from '../../src/shared/ids.ts'
import type { Conversation, Message, SendBody, ServiceRequests } from '../../src/shared/service.ts'
import { openLoopbackDht, type LoopbackDht } from '../doubles/loopbackDht.ts'
import { entry, HeadlessPeer } from './headlessPeer.ts'

/** Every text that a test sends holds this word; no log may. */
export const planted = 'PLANTED'

export interface SpawnOptions {
  readonly args?: readonly string[]
  readonly key?: string
  /** Instead of the world's own DHT. */
  readonly bootstrap?: string
  /** Instead of the one under test: see `HeadlessPeer`. */
  readonly script?: string
  /** Beside its key. */
  readonly environment?: Readonly<Record<string, string>>
  /** How far the process's wall clock is ahead. */
  readonly clockShiftMs?: number
  /** How long an answer, or what is waited for, may take; see `HeadlessPeer`. */
  readonly deadlineMs?: number
}

/** One person's data directory and key; processes come and go. */
export class Home {
  readonly name: string
  readonly data: string
  key = randomBytes(32).toString('hex')
  readonly #world: World

  constructor(world: World, name: string, data: string) {
    this.#world = world
    this.name = name
    this.data = data
  }

  /** A process on this data, whatever becomes of it. */
  spawn({
    args = [],
    key = this.key,
    bootstrap = this.#world.bootstrapList,
    script = entry,
    environment = {},
    clockShiftMs,
    deadlineMs,
  }: SpawnOptions = {}): HeadlessPeer {
    const own = ['--data', this.data, '--bootstrap', bootstrap, '--host', '127.0.0.1', ...args]
    this.#world.keepSecret(key)
    const options = { script, ...(deadlineMs !== undefined && { deadlineMs }) }
    if (clockShiftMs === undefined)
      return this.#world.adopt(new HeadlessPeer(own, { TINCAN_KEY: key, ...environment }, options))
    const shifted = { ...environment, TINCAN_KEY: key, TINCAN_TEST_CLOCK_SHIFT_MS: String(clockShiftMs) }
    const preload = new URL('shiftClock.ts', import.meta.url).href
    return this.#world.adopt(new HeadlessPeer(own, shifted, { nodeArgs: ['--import', preload], ...options }))
  }

  /** A process that serves: it has answered a first request. */
  async start(options: SpawnOptions = {}): Promise<HeadlessPeer> {
    const peer = this.spawn(options)
    await peer.request('identity/state')
    return peer
  }

  /** The first process, with an identity under this home's name. */
  async setUp(options: SpawnOptions = {}): Promise<HeadlessPeer & { readonly person: PersonId }> {
    const peer = await this.start(options)
    const { person, phrase } = await peer.request('identity/create', { name: this.name })
    this.#world.keepSecret(phrase)
    return Object.assign(peer, { person })
  }
}

/** A private DHT, people on it, and an end to all of it. */
export class World {
  /** As `--bootstrap` takes it. */
  readonly bootstrapList: string
  readonly bootstrap: LoopbackDht['bootstrap']
  readonly #directory: string
  readonly #peers: HeadlessPeer[] = []
  readonly #secrets = new Set<string>([planted])

  constructor(dht: LoopbackDht, directory: string) {
    this.bootstrap = dht.bootstrap
    this.bootstrapList = dht.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
    this.#directory = directory
  }

  /** Lives as long as the test; then ends every process and looks for secrets in everything they logged. */
  static async open(t: TestContext): Promise<World> {
    const dht = await openLoopbackDht()
    const directory = await mkdtemp(join(tmpdir(), 'tincan-headless-'))
    const world = new World(dht, directory)
    t.after(async () => {
      await Promise.all(world.#peers.map((peer) => peer.kill()))
      await dht.dispose()
      await rm(directory, { recursive: true, force: true })
      world.#checkLogs()
    })
    return world
  }

  async home(name: string): Promise<Home> {
    return new Home(this, name, await mkdtemp(join(this.#directory, 'home-')))
  }

  adopt(peer: HeadlessPeer): HeadlessPeer {
    this.#peers.push(peer)
    return peer
  }

  /** No process may log this. */
  keepSecret(secret: string): void {
    this.#secrets.add(secret)
  }

  /** An invite of `inviter`, whose link is a secret like any other. */
  async invite(
    inviter: HeadlessPeer,
    options: { readonly autoAccept?: boolean; readonly expiresInMs?: number } = {},
  ): Promise<ServiceRequests['invite/create']['result']> {
    const made = await inviter.request('invite/create', { kind: 'contact', ...options })
    this.keepSecret(made.link)
    this.keepSecret(made.link.slice(made.link.indexOf('#') + 1))
    return made
  }

  /** Makes two people contacts; both are linked afterwards. */
  async befriend(inviter: HeadlessPeer, joiner: HeadlessPeer): Promise<ConversationId> {
    const { link } = await this.invite(inviter, { autoAccept: true })
    await joiner.request('invite/accept', { link })
    const { id } = await onlyConversation(joiner)
    await Promise.all([untilOnline(inviter, id), untilOnline(joiner, id)])
    return id
  }

  #checkLogs(): void {
    const logged = this.#peers.map(({ stderr }) => stderr).join('\n')
    for (const secret of this.#secrets) assert.ok(!logged.includes(secret), 'a secret was logged')
  }
}

/** The one conversation of `peer`, as soon as there is one. */
export function onlyConversation(peer: HeadlessPeer): Promise<Conversation> {
  return peer.until('a conversation', async () => {
    const conversations = await peer.request('conversation/list')
    assert.ok(conversations.length <= 1, 'one conversation at most')
    return conversations[0]
  })
}

/** The conversation, once somebody in it is linked. */
export function untilOnline(peer: HeadlessPeer, conversation: ConversationId): Promise<Conversation> {
  return peer.until('the other side to be linked', async () => {
    const conversations = await peer.request('conversation/list')
    return conversations.find(({ id, online }) => id === conversation && online)
  })
}

/** A text that no log may hold. */
export function text(words: string): SendBody {
  return { kind: 'text', text: `${planted} ${words}` }
}

/** The whole history, oldest first, without the notices. */
export async function readAll(peer: HeadlessPeer, conversation: ConversationId): Promise<Message[]> {
  const pages: Message[][] = []
  let before: MessageId | undefined
  for (;;) {
    const page = await peer.request('conversation/history', {
      conversation,
      limit: 200,
      ...(before !== undefined && { before }),
    })
    pages.unshift([...page.messages])
    before = page.messages[0]?.id
    if (!page.hasMore || before === undefined) return pages.flat().filter(({ body }) => body.kind !== 'notice')
  }
}

/** The texts of messages, without the planted word. */
export function textsOf(messages: readonly Message[]): string[] {
  return messages.map(({ body }) => (body.kind === 'text' ? body.text.replace(`${planted} `, '') : body.kind))
}

/** Waits until `peer` has a message with these words, and returns it. */
export function untilReceived(peer: HeadlessPeer, conversation: ConversationId, words: string): Promise<Message> {
  return peer.until(`the message "${words}"`, async () => {
    const { messages } = await peer.request('conversation/history', { conversation, limit: 200 })
    return messages.find(({ body }) => body.kind === 'text' && body.text === `${planted} ${words}`)
  })
}

/** Waits until the message `id` of `peer` is in `state`, and returns it. */
export function untilState(
  peer: HeadlessPeer,
  conversation: ConversationId,
  id: MessageId,
  state: Message['state'],
): Promise<Message> {
  return peer.until(`a message to be ${state}`, async () => {
    const { messages } = await peer.request('conversation/history', { conversation, limit: 200 })
    return messages.find((message) => message.id === id && message.state === state)
  })
}
