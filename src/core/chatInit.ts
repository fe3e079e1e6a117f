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
