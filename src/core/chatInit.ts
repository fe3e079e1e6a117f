import type { BlobStore } from './ports/blobStore.ts'
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Random } from './ports/random.ts'
import type { SecretScanner } from './ports/secretScanner.ts'
import type { IdentityFile, SecretKeeper } from './ports/secrets.ts'
import type { CreateSearchIndex } from './ports/searchIndex.ts'
import type { StoreKeeper } from './ports/store.ts'
import type { UserFiles } from './ports/userFiles.ts'
import type { Transport } from './ports/transport.ts'

/** What the chat is built from. It owns the transport and the blobs, which `dispose` closes, and the stores that it opens. */
export interface ChatInit {
  readonly stores: StoreKeeper
  /** Called for the first search, and never before. */
  readonly createSearchIndex: CreateSearchIndex
  readonly transport: Transport
  readonly identityFile: IdentityFile
  readonly secrets: SecretKeeper
  readonly scanner: SecretScanner
  readonly files: UserFiles
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}
