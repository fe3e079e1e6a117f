/** What leaves the store as a file of the user's, and comes back from one. `service.ts` has the rest. */
import type { ConversationId } from './ids.ts'
import type { Identity } from './service.ts'

/** The fewest and the most characters of a passphrase. */
export const minPassphraseLength = 10
export const maxPassphraseLength = 1024
/** The most characters of a file's path. */
export const maxFilePathLength = 4096

export interface ArchiveRequests {
  /** Writes everything that is on this disk of a conversation into a file, in clear. `path` is absolute. */
  'conversation/export': {
    params: { conversation: ConversationId; format: 'markdown' | 'json'; path: string }
    result: { messages: number }
  }
  /** Seals everything into one file, under a key that follows from the recovery phrase or, where given, under a passphrase. */
  'backup/create': { params: { path: string; passphrase?: string }; result: { messages: number } }
  /**
   * Where there is no identity: brings everything back from a backup, with a fresh device. `phrase` or `passphrase`, as it
   * was sealed. Whatever is wrong, nothing has changed.
   */
  'backup/restore': { params: { path: string; phrase?: string; passphrase?: string }; result: Identity }
  /** Which of the two opens a backup, and when it was made. */
  'backup/inspect': { params: { path: string }; result: { opensWith: 'phrase' | 'passphrase'; madeAt: number } }
  /** Deletes the identity and everything that is kept here, for good. `name`: the own name, as proof that it is meant. */
  'identity/erase': { params: { name: string }; result: null }
}
