import type { MessageId, PersonId } from '../../shared/ids.ts'
import { fromHex, idBytes } from '../codec/bytes.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import type { Vault } from '../store/vault.ts'

/**
 * What is said about a message. In `thread` and `reply` stand messages that are lines themselves, all in one slot; in the
 * others, what each person says, in a slot of its own. What is said of the conversation itself is filed likewise.
 */
export type Slot =
  'thread' | 'reply' | 'edit' | 'erase' | 'reaction' | 'patch-result' | 'mention' | 'lifetime' | 'faded'

const nobody = new Uint8Array(0)

/** The names under which relations are filed: to whoever has not the data key, random bytes. */
export class RelationNames {
  readonly #vault: Vault
  readonly #conversation: Uint8Array
  readonly #slots = new Map<string, Uint8Array>()
  /** Stands for the conversation itself: what is said of it, all erasures, and all that mentions this person, are filed there. */
  readonly conversation: Uint8Array

  constructor(vault: Vault, conversation: Uint8Array) {
    this.#vault = vault
    this.#conversation = conversation
    this.conversation = vault.relationName('target', conversation, nobody)
  }

  target(message: MessageId): Uint8Array {
    return this.#vault.relationName('target', this.#conversation, fromHex(message) ?? nobody)
  }

  slot(slot: Slot, person?: PersonId): Uint8Array {
    const key = slot + (person ?? '')
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const name = this.#vault.relationName('slot', encodeUtf8(slot), person === undefined ? nobody : idBytes(person))
    this.#slots.set(key, name)
    return name
  }
}
