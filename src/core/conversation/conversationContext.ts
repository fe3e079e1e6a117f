import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Store } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import type { Vault } from '../store/vault.ts'
import type { ConversationRecords } from './conversationRecords.ts'

/** What all conversations of one device share. */
export interface ConversationContext {
  readonly store: Store
  readonly vault: Vault
  readonly committer: Committer
  readonly records: ConversationRecords
  readonly clock: Clock
  readonly random: Random
  readonly deviceSecretKey: Uint8Array
}
