import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import { toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ConversationRecords } from '../conversation/conversationRecords.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { AckRecord } from '../conversation/records.ts'
import type { Clock } from '../ports/clock.ts'
import type { Committer } from '../store/committer.ts'

/** How long what others confirmed may stay in memory: losing it costs one more exchange, not a message. */
const delayMs = 500

/** Writes down what others say that they hold, so that *delivered* is still true after a restart. */
export class AckKeeper implements Disposable {
  readonly #records: ConversationRecords
  readonly #committer: Committer
  readonly #clock: Clock
  readonly #pending = new Map<string, AckRecord>()
  readonly #parts = new DisposableStore()
  #timer: Disposable | undefined

  constructor(conversations: Conversations, records: ConversationRecords, committer: Committer, clock: Clock) {
    this.#records = records
    this.#committer = committer
    this.#clock = clock
    const watch = (conversation: Conversation): void => {
      this.#parts.add(
        conversation.onDidAcknowledge((ack) => {
          this.#keep(ack)
        }),
      )
    }
    for (const conversation of conversations.all) watch(conversation)
    this.#parts.add(conversations.onDidAdd(watch))
  }

  dispose(): void {
    this.#parts.dispose()
    this.#timer?.dispose()
    this.#write()
  }

  #keep(ack: AckRecord): void {
    this.#pending.set([ack.conversation, ack.device, ack.log ?? ack.device].map(toHex).join(), ack)
    this.#timer ??= this.#clock.after(delayMs, () => {
      this.#timer = undefined
      this.#write()
    })
  }

  #write(): void {
    const acks = [...this.#pending.values()]
    this.#pending.clear()
    if (acks.length === 0) return
    this.#committer
      .run(() => {
        for (const ack of acks) this.#records.putAck(ack)
      })
      // The committer has logged it; the next exchange says it again.
      .catch(() => undefined)
  }
}
