import type { ConversationId } from '../../shared/ids.ts'
import type { NotificationLevel } from '../../shared/rooms.ts'
import type { Conversation } from '../../shared/service.ts'
import { idBytes } from '../codec/bytes.ts'
import { maxCounter } from '../event/event.ts'
import type { Store } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

type Notify = Conversation['notify']

// The position in this list is what is stored: append only.
const levels: readonly NotificationLevel[] = ['all', 'mentions', 'nothing']

/** How loudly this device tells of each conversation. Kept here, never sent. */
export class Notifications {
  readonly #table: RecordTable<Notify>
  readonly #committer: Committer

  constructor(store: Store, vault: Vault, committer: Committer) {
    this.#committer = committer
    this.#table = new RecordTable<Notify>(store, vault, {
      kind: 'notify',
      write: (writer, { level, mutedUntil }) => {
        writer.uint8(1).uint8(levels.indexOf(level))
        writer.optional(mutedUntil, (at) => writer.uint(at))
      },
      read: (reader) => {
        if (reader.uint8() !== 1) reader.fail()
        const level = levels[reader.uint8()] ?? 'all'
        const mutedUntil = reader.optional(() => reader.uint(maxCounter))
        return mutedUntil === undefined ? { level } : { level, mutedUntil }
      },
    })
  }

  get(conversation: ConversationId): Notify {
    return this.#table.get(idBytes(conversation)) ?? { level: 'all' }
  }

  /** Changes what is given; `mutedUntil: null` ends a mute. Resolves once that is on disk. */
  async set(
    conversation: ConversationId,
    changes: { readonly level?: NotificationLevel; readonly mutedUntil?: number | null },
  ): Promise<void> {
    await this.#committer.run(() => {
      const { level, mutedUntil } = this.get(conversation)
      const until = changes.mutedUntil === undefined ? mutedUntil : (changes.mutedUntil ?? undefined)
      this.#table.put(idBytes(conversation), {
        level: changes.level ?? level,
        ...(until !== undefined && { mutedUntil: until }),
      })
    })
  }
}
