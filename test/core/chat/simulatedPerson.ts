import { createChat, type Chat } from '../../../src/core/chat.ts'
import { ChatError } from '../../../src/shared/chatError.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type {
  Conversation,
  Identity,
  Message,
  NoticeBody,
  ServiceMethod,
  ServiceNotification,
  ServiceNotifications,
  ServiceRequests,
} from '../../../src/shared/service.ts'
import { BlobDisk, MemoryBlobs } from '../../doubles/memoryBlobs.ts'
import { MemoryIdentityFile } from '../../doubles/memoryIdentityFile.ts'
import { MemorySecretKeeper } from '../../doubles/memorySecretKeeper.ts'
import { MemorySearchIndex } from '../../doubles/memorySearchIndex.ts'
import { MemoryUserFiles } from '../../doubles/memoryUserFiles.ts'
import { MemoryDisk } from '../../doubles/memoryStore.ts'
import type { MemoryTransport } from '../../doubles/memoryTransport.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { plantExchange } from '../../record/planted.ts'
import { ProcessClock } from './processClock.ts'
import { ProcessStores } from './processStore.ts'
import type { World } from './world.ts'

/** One device in a simulated world: what survives a restart, and the chat that runs on it now. */
export class SimulatedPerson {
  readonly log = new RecordingLog()
  readonly file = new MemoryIdentityFile()
  readonly secrets = new MemorySecretKeeper()
  /** What this person's machine has of files. */
  readonly files = new MemoryUserFiles()
  /** What is on its disk of files in conversations. */
  readonly blobs = new BlobDisk()
  disk = new MemoryDisk()
  /** Disks that were of no use any more. */
  readonly setAside: MemoryDisk[] = []
  /** What `message/added` and `message/changed` told, over all restarts. */
  readonly added: Message[] = []
  readonly changed: Message[] = []
  /** Every search index that was made, over all restarts. */
  readonly indexes: MemorySearchIndex[] = []
  /** How much later this person's wall clock runs than the world's. */
  skewMs = 0
  chat!: Chat
  transport!: MemoryTransport
  stores!: ProcessStores
  isCrashed = false
  readonly #world: World
  readonly #random: SeededRandom
  #clock!: ProcessClock
  #blobs!: MemoryBlobs

  constructor(world: World, seed: number) {
    this.#world = world
    this.#random = new SeededRandom(seed)
  }

  /** Starts the chat on what is there. */
  async start(): Promise<void> {
    const { network, clock } = this.#world
    this.isCrashed = false
    this.transport = network.createTransport()
    const stores = new ProcessStores(this)
    this.stores = stores
    this.#blobs = new MemoryBlobs(this.blobs)
    this.#clock = new ProcessClock(clock, () => this.skewMs)
    const { file: identityFile, secrets, log, transport } = this
    this.chat = createChat({
      ...{ stores, transport, identityFile, secrets, log },
      createSearchIndex: () => {
        const index = new MemorySearchIndex()
        this.indexes.push(index)
        return index
      },
      files: this.files,
      blobs: this.#blobs,
      scanner: { scan: () => Promise.resolve([]) },
      clock: this.#clock,
      random: this.#random,
    })
    this.chat.on('message/added', ({ message }) => this.added.push(message))
    this.chat.on('message/changed', ({ message }) => this.changed.push(message))
    await this.#world.settled(this.chat.start())
    await clock.settle()
  }

  async stop(): Promise<void> {
    await this.#world.settled(this.chat.dispose())
  }

  /** The process dies on the spot, as by kill -9: what is on disk stays. */
  crash(): void {
    this.isCrashed = true
    this.#clock.kill()
    this.stores.kill()
    this.#blobs.isAlive = false
    this.#world.network.crash(this.transport)
  }

  /** Dies in the moment in which its `count`th transaction from now on is on disk. */
  crashAfterCommits(count: number): void {
    let left = count
    this.stores.onCommit = () => {
      if (--left === 0) this.crash()
    }
  }

  /** Asks, and lets time pass until the answer is there. */
  async request<M extends ServiceMethod>(
    method: M,
    params: ServiceRequests[M]['params'],
  ): Promise<ServiceRequests[M]['result']> {
    const result = await this.#world.settled(this.chat.request(method, params))
    plantExchange(method, params, result)
    return result
  }

  /** The code with which a request is refused; `undefined` if it is not. */
  async refusal<M extends ServiceMethod>(method: M, params: ServiceRequests[M]['params']): Promise<string | undefined> {
    try {
      await this.request(method, params)
      return undefined
    } catch (error) {
      if (error instanceof ChatError) return error.code
      throw error
    }
  }

  send(conversation: ConversationId, text: string): Promise<ServiceRequests['message/send']['result']> {
    return this.request('message/send', { conversation, body: { kind: 'text', text } })
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

  async identity(): Promise<Identity> {
    const identity = await this.request('identity/get', {})
    if (identity === null) throw new Error('There is no identity')
    return identity
  }

  /** The only conversation of somebody who has one. */
  async conversation(): Promise<Conversation> {
    const [conversation, another] = await this.request('conversation/list', {})
    if (conversation === undefined || another !== undefined) throw new Error('There is not one conversation')
    return conversation
  }

  /** The whole history, page by page. */
  async history(conversation: ConversationId): Promise<readonly Message[]> {
    const all: Message[] = []
    for (let hasMore = true; hasMore;) {
      const [oldest] = all
      const page = { conversation, limit: 200, ...(oldest && { before: oldest.id }) }
      const answer = await this.request('conversation/history', page)
      all.unshift(...answer.messages)
      hasMore = answer.hasMore
    }
    return all
  }

  /** The texts of a conversation, in order. */
  async texts(conversation: ConversationId): Promise<string[]> {
    return (await this.history(conversation)).flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []))
  }

  async notices(conversation: ConversationId): Promise<NoticeBody['notice'][]> {
    return (await this.history(conversation)).flatMap(({ body }) => (body.kind === 'notice' ? [body.notice] : []))
  }

  async state(conversation: ConversationId, text: string): Promise<string | undefined> {
    return (await this.history(conversation)).find(({ body }) => body.kind === 'text' && body.text === text)?.state
  }

  /** What was logged that somebody should look into. */
  get complaints(): string[] {
    return this.log.entries
      .filter(({ level }) => level === 'error' || level === 'warn')
      .map(({ message, cause }) => (cause instanceof Error ? `${message}: ${cause.stack ?? cause.message}` : message))
  }
}
