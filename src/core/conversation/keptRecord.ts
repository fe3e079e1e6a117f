import type { MessageId } from '../../shared/ids.ts'
import type { ConversationContext } from './conversationContext.ts'
import { comparePositions, positionOf } from './messageId.ts'
import type { ConversationRecord } from './records.ts'

/** The record of one conversation, in memory and in the store. What changes it runs inside a transaction of the caller. */
export class KeptRecord {
  readonly #context: ConversationContext
  #value: ConversationRecord

  constructor(context: ConversationContext, value: ConversationRecord) {
    this.#context = context
    this.#value = value
  }

  get value(): ConversationRecord {
    return this.#value
  }

  put(changes: Partial<ConversationRecord>): void {
    this.#replace({ ...this.#value, ...changes })
  }

  /** Whether something beyond what counts as read would count as read up to there. */
  isUnread(id: MessageId): boolean {
    return this.#value.readUpTo === undefined || comparePositions(positionOf(id), this.#value.readUpTo) > 0
  }

  /** Everything up to `id` counts as read. Never moves backwards. */
  markRead(id: MessageId): void {
    // Another marker of the same turn may have come first.
    if (this.isUnread(id)) this.put({ readUpTo: positionOf(id) })
  }

  /** Nothing from this message on counts as read. */
  markUnread(from: MessageId): void {
    const { readUpTo: _, ...record } = this.#value
    const [before] = this.#context.store.readHistory(record.number, positionOf(from), 1)
    this.#replace(before === undefined ? record : { ...record, readUpTo: { clock: before.clock, id: before.id } })
  }

  /** Reads it anew from the store, after a transaction failed. */
  restore(): void {
    this.#value = this.#context.records.get(this.#value.id) ?? this.#value
  }

  #replace(value: ConversationRecord): void {
    this.#value = value
    this.#context.records.put(value)
  }
}
