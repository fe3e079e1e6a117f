import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { ConversationId } from '../../src/shared/ids.ts'
import type { LinkStatus, PeerReason, PeerStatus } from '../../src/shared/service.ts'
import { HeadlessPeer, type ProcessOptions } from '../headless/headlessPeer.ts'
import { onlyConversation, text, untilReceived } from '../headless/world.ts'
import { Internet } from './internet.ts'
import type { Namespace } from './namespace.ts'

/** Some routers are got through by trial alone, which takes a minute or two. */
const deadlineMs = 200_000

export interface StartOptions extends Pick<ProcessOptions, 'nodeArgs'> {
  readonly args?: readonly string[]
  /** Instead of the private DHT. */
  readonly bootstrap?: string
}

/** Somebody's data, which stays while processes and networks change. */
export class Resident {
  readonly name: string
  readonly #data: string
  readonly #key = randomBytes(32).toString('hex')
  readonly #neighbourhood: Neighbourhood

  constructor(neighbourhood: Neighbourhood, name: string, data: string) {
    this.#neighbourhood = neighbourhood
    this.name = name
    this.#data = data
  }

  /** A headless process on this data at a host; it has an identity afterwards. */
  async start(host: Namespace, options: StartOptions = {}): Promise<HeadlessPeer> {
    const peer = this.#spawn(host, options)
    const identity = await peer.request('identity/get')
    if (identity === null) await peer.request('identity/create', { name: this.name })
    return peer
  }

  /** A headless process that relays, and the key of its relay. It has no identity. */
  async startRelay(host: Namespace): Promise<{ readonly peer: HeadlessPeer; readonly key: string }> {
    const peer = this.#spawn(host, { args: ['--relay'] })
    await peer.request('identity/state')
    const [, key] = /The key of this relay: ([0-9a-f]{64})/.exec(peer.stderr) ?? []
    if (key === undefined) throw new Error('The relay did not say its key')
    return { peer, key }
  }

  #spawn(host: Namespace, options: StartOptions): HeadlessPeer {
    const { args = [], bootstrap = this.#neighbourhood.internet.bootstrap, nodeArgs = [] } = options
    const peer = new HeadlessPeer(
      ['--data', this.#data, '--bootstrap', bootstrap, ...args],
      { TINCAN_KEY: this.#key },
      { prefix: host.prefix, nodeArgs, deadlineMs },
    )
    this.#neighbourhood.adopt(peer)
    return peer
  }
}

/** An internet with people, and an end to all of it. */
export class Neighbourhood {
  readonly internet: Internet
  readonly #directory: string
  readonly #peers: HeadlessPeer[] = []

  constructor(internet: Internet, directory: string) {
    this.internet = internet
    this.#directory = directory
  }

  /** Lives as long as the test. */
  static async open(t: TestContext): Promise<Neighbourhood> {
    const internet = await Internet.open()
    const directory = await mkdtemp(join(tmpdir(), 'tincan-networks-'))
    const neighbourhood = new Neighbourhood(internet, directory)
    t.after(async () => {
      await Promise.all(neighbourhood.#peers.map((peer) => peer.kill()))
      await internet.dispose()
      await rm(directory, { recursive: true, force: true })
    })
    return neighbourhood
  }

  async resident(name: string): Promise<Resident> {
    return new Resident(this, name, await mkdtemp(join(this.#directory, 'home-')))
  }

  adopt(peer: HeadlessPeer): void {
    this.#peers.push(peer)
  }
}

/** Makes two people contacts, and resolves to their conversation. */
export async function introduce(inviter: HeadlessPeer, joiner: HeadlessPeer): Promise<ConversationId> {
  const { link } = await inviter.request('invite/create', { kind: 'contact', autoAccept: true })
  const { join, state, conversation } = await joiner.request('invite/accept', { link })
  if (state === 'joined' && conversation !== undefined) return conversation
  const { conversation: later } = await joiner.waitFor(
    'invite/changed',
    (change) => change.join?.join === join && change.join.state === 'joined',
  )
  return later ?? (await onlyConversation(joiner)).id
}

/** The link of `peer` to the person, once there is one. */
export async function untilLinked(peer: HeadlessPeer, to: HeadlessPeer): Promise<LinkStatus> {
  const identity = await to.request('identity/get')
  return peer.until('a link', async () => {
    const { links } = await peer.request('network/status')
    return links.find(({ person }) => person === identity?.person)
  })
}

/** Waits until `peer` says of its only contact why there is no link. */
export function untilMissing(peer: HeadlessPeer, reason: PeerReason): Promise<PeerStatus> {
  return peer.until(`the reason ${reason}`, async () => {
    const { peers } = await peer.request('network/status')
    return peers.find((contact) => !contact.linked && contact.reason === reason)
  })
}

/** Sends a message in each direction and waits until it has arrived. */
export async function talk(
  conversation: ConversationId,
  a: HeadlessPeer,
  b: HeadlessPeer,
  words: string,
): Promise<void> {
  await a.request('message/send', { conversation, body: text(`${words} there`) })
  await untilReceived(b, conversation, `${words} there`)
  await b.request('message/send', { conversation, body: text(`${words} back`) })
  await untilReceived(a, conversation, `${words} back`)
}
