import { type Chat, createChat } from '../core/chat.ts'
import type { Log } from '../core/ports/log.ts'
import type { SecretKeeper } from '../core/ports/secrets.ts'
import type { BootstrapNode } from './bootstrapNodes.ts'
import { prepareDataDirectory } from './dataDirectory.ts'
import { createFileBlobs } from './fileBlobs.ts'
import { createFileIdentity } from './fileIdentity.ts'
import { createFileStores } from './fileStores.ts'
import { HyperdhtTransport } from './hyperdhtTransport.ts'
import { nodeClock } from './nodeClock.ts'
import { nodeUserFiles } from './nodeUserFiles.ts'
import { nodeRandom } from './nodeRandom.ts'
import { type RelayKey, relayKeyOf } from './relayKey.ts'
import { secretlintScanner } from './secretlintScanner.ts'
import { createSqliteSearchIndex } from './sqliteSearchIndex.ts'
import { type Fence, mayWrite, unfenced } from './fence.ts'

export interface NodeChatOptions {
  /** Where the identity and the messages are kept; made where it is not there. The caller holds its profile lock. */
  readonly directory: string
  /** That lock: once another process has it, nothing is written any more. Left out where nobody else can take it. */
  readonly fence?: Fence
  readonly secrets: SecretKeeper
  /** DHT nodes to start from; the public ones where this is left out. */
  readonly bootstrap?: readonly BootstrapNode[]
  /** The address to bind to; all where this is left out. */
  readonly host?: string
  /** Ask only nodes of the local network; false where this is left out. */
  readonly lanOnly?: boolean
  /** Tell contacts the addresses of this machine's interfaces; true where this is left out. */
  readonly shareLanAddresses?: boolean
  /** Ask the local network for contacts, and answer; false where this is left out. */
  readonly localDiscovery?: boolean
  /** The key of the relay to go through where no path leads to somebody. */
  readonly relay?: RelayKey
  /** Relay for those who have this device's relay key, `relayKeyOf` its wrapping key; false where this is left out. */
  readonly offersRelay?: boolean
  /** Nothing is logged where this is left out. */
  readonly log?: Log
}

const silence: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Builds a chat on this machine's disk and network. The caller starts and disposes it. Rejects with `store-failed`. */
export async function openNodeChat(options: NodeChatOptions): Promise<Chat> {
  const {
    directory,
    fence = unfenced,
    secrets,
    bootstrap,
    host,
    lanOnly = false,
    shareLanAddresses = true,
    log = silence,
  } = options
  const { localDiscovery = false, relay, offersRelay = false } = options
  const files = prepareDataDirectory(directory)
  const transport = new HyperdhtTransport({
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(host === undefined ? {} : { host }),
    lanOnly,
    shareLanAddresses,
    localDiscovery,
    ...(relay && { relay }),
    ...(offersRelay && { offeredRelay: () => secrets.get().then((key) => key && relayKeyOf(key)) }),
    log,
  })
  // Others may need the relay before there is anybody here to talk to.
  if (offersRelay) void secrets.get().then((key) => key && transport.start())
  return createChat({
    stores: createFileStores(files.store, fence),
    createSearchIndex: createSqliteSearchIndex,
    files: nodeUserFiles,
    blobs: createFileBlobs(files.blobs, fence),
    identityFile: createFileIdentity(files.identity, () => mayWrite(fence)),
    transport,
    secrets: {
      get: () => secrets.get(),
      forget: async () => {
        mayWrite(fence)
        await secrets.forget()
      },
      set: async (key) => {
        mayWrite(fence)
        await secrets.set(key)
      },
    },
    scanner: secretlintScanner,
    clock: nodeClock,
    random: nodeRandom,
    log,
  })
}

/** The same, started. Nothing is left open where that fails; rejects then as `Chat.start` does. */
export async function startNodeChat(options: NodeChatOptions): Promise<Chat> {
  const chat = await openNodeChat(options)
  try {
    await chat.start()
    return chat
  } catch (error) {
    await chat.dispose()
    throw error
  }
}
