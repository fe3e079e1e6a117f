import type { ChatService } from '../shared/service.ts'
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Random } from './ports/random.ts'
import type { IdentityFile, SecretKeeper } from './ports/secrets.ts'
import type { Store } from './ports/store.ts'
import type { Transport } from './ports/transport.ts'

/** What the chat is built from. It owns the store and the transport: `dispose` closes both. */
export interface ChatInit {
  readonly store: Store
  readonly transport: Transport
  readonly identityFile: IdentityFile
  readonly secrets: SecretKeeper
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The whole chat of one device. */
export interface Chat extends ChatService {
  /**
   * Opens the identity if there is one and goes online. A locked or missing identity is not a failure: ask for
   * `identity/state`. Rejects with a `ChatError` only when the store cannot be read.
   */
  start(): Promise<void>
  /** Before the machine sleeps. */
  suspend(): Promise<void>
  /** After it woke. */
  resume(): Promise<void>
  /** Writes what is pending, closes links, node and store. Pending requests reject with `disposed`. */
  dispose(): Promise<void>
}

/** Builds the chat. No I/O happens before `start`. */
export function createChat(init: ChatInit): Chat {
  void init
  throw new Error('Not built yet')
}
