import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { concat, idBytes } from '../codec/bytes.ts'
import type { Store } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

const maxDraftBytes = 256 * 1024

/** Text that was typed and not sent, one for each conversation and each thread; sealed on disk like everything else. */
export class Drafts {
  readonly #table: RecordTable<string>
  readonly #committer: Committer

  constructor(store: Store, vault: Vault, committer: Committer) {
    this.#committer = committer
    this.#table = new RecordTable<string>(store, vault, {
      kind: 'draft',
      write: (writer, text) => {
        writer.string(text)
      },
      read: (reader) => reader.string(maxDraftBytes),
    })
  }

  get(conversation: ConversationId, thread?: MessageId): string {
    return this.#table.get(keyOf(conversation, thread)) ?? ''
  }

  /** What was written about a message, or in a conversation, goes with it. */
  async forget(conversation: ConversationId, thread?: MessageId): Promise<void> {
    if (this.get(conversation, thread) !== '') await this.set(conversation, '', thread)
  }

  /** Keeps the draft; an empty one is forgotten. */
  async set(conversation: ConversationId, text: string, thread?: MessageId): Promise<void> {
    await this.#committer.run(() => {
      if (text === '') this.#table.delete(keyOf(conversation, thread))
      else this.#table.put(keyOf(conversation, thread), text)
    })
  }
}

const keyOf = (conversation: ConversationId, thread: MessageId | undefined): Uint8Array =>
  thread === undefined ? idBytes(conversation) : concat(idBytes(conversation), idBytes(thread))
