import type { ConversationId } from '../../shared/ids.ts'
import { idBytes } from '../codec/bytes.ts'
import type { Store } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

const maxDraftBytes = 256 * 1024

/** Text that was typed and not sent, one for each conversation; sealed on disk like everything else. */
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

  get(conversation: ConversationId): string {
    return this.#table.get(idBytes(conversation)) ?? ''
  }

  /** Keeps the draft; an empty one is forgotten. */
  async set(conversation: ConversationId, text: string): Promise<void> {
    await this.#committer.run(() => {
      if (text === '') this.#table.delete(idBytes(conversation))
      else this.#table.put(idBytes(conversation), text)
    })
  }
}
