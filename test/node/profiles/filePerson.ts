import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createChat, type Chat } from '../../../src/core/chat.ts'
import { createFileBlobs } from '../../../src/node/fileBlobs.ts'
import { createFileStores } from '../../../src/node/fileStores.ts'
import { nodeUserFiles } from '../../../src/node/nodeUserFiles.ts'
import { createSqliteSearchIndex } from '../../../src/node/sqliteSearchIndex.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import type { Message, ServiceMethod, ServiceRequests } from '../../../src/shared/service.ts'
import { ProcessClock } from '../../core/chat/processClock.ts'
import type { World } from '../../core/chat/world.ts'
import { MemoryIdentityFile } from '../../doubles/memoryIdentityFile.ts'
import { MemorySecretKeeper } from '../../doubles/memorySecretKeeper.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { plantExchange } from '../../record/planted.ts'

const files = ['identity', 'store.db'] as const

/** Copies what a person keeps from one directory to another, which exists. */
export function copyProfile(from: string, to: string): void {
  for (const file of files) copyFileSync(join(from, file), join(to, file))
}

/** Somebody in a simulated world whose store is the real one, in a file: the disk is real, network and clock are not. */
export class FilePerson {
  readonly log = new RecordingLog()
  readonly secrets: MemorySecretKeeper
  readonly store: string
  readonly #world: World
  readonly #directory: string
  readonly #seed: number
  readonly #identity = new MemoryIdentityFile()
  #chat: Chat | undefined
  #clock: ProcessClock | undefined

  constructor(world: World, directory: string, secret: Uint8Array | undefined, seed = 1) {
    this.#world = world
    this.#directory = directory
    this.#seed = seed
    this.store = join(directory, 'store.db')
    this.secrets = new MemorySecretKeeper(secret)
  }

  get chat(): Chat {
    if (this.#chat === undefined) throw new Error('The chat does not run')
    return this.#chat
  }

  /** Starts the chat on what is in the directory. Rejects as `Chat.start` does. */
  async start(): Promise<void> {
    const { clock, network } = this.#world
    const file = join(this.#directory, 'identity')
    this.#identity.bytes = readIfThere(file)
    this.#clock = new ProcessClock(clock, () => 0)
    this.#chat = createChat({
      stores: createFileStores(this.store),
      transport: network.createTransport(),
      identityFile: this.#identity,
      secrets: this.secrets,
      scanner: { scan: () => Promise.resolve([]) },
      createSearchIndex: createSqliteSearchIndex,
      files: nodeUserFiles,
      blobs: createFileBlobs(join(this.#directory, 'files')),
      clock: this.#clock,
      random: new SeededRandom(this.#seed),
      log: this.log,
    })
    await this.#world.settled(this.chat.start())
    await clock.settle()
  }

  /** Ends the chat; what it keeps is in the directory. */
  async stop(): Promise<void> {
    const ended = this.chat.dispose()
    // Files are closed on a real disk, in real time: it gets some turns before fake time passes.
    await Promise.race([ended, this.#turns(1_000)])
    await this.#world.settled(ended)
    this.#chat = undefined
    const { bytes } = this.#identity
    if (bytes !== undefined) writeFileSync(join(this.#directory, 'identity'), bytes)
  }

  async #turns(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.#world.clock.settle()
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

  /** The whole history of a conversation, page by page. */
  async history(conversation: ConversationId): Promise<readonly Message[]> {
    const all: Message[] = []
    for (let hasMore = true; hasMore;) {
      const [oldest] = all
      const page = { conversation, limit: 200, ...(oldest && { before: oldest.id }) }
      const answer = await this.request('conversation/history', page)
      all.unshift(...answer.messages)
      hasMore = answer.hasMore && answer.messages.length > 0
    }
    return all
  }
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(file))
  } catch {
    return undefined
  }
}
