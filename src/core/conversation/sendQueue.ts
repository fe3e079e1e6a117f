import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { encodeBody } from '../body/messageBody.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Sorted, Sorter } from '../relation/sorter.ts'
import { writeEvents } from './author.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { Epochs } from './epochs.ts'
import type { LogBook } from './logBook.ts'
import { messageIdOf } from './messageId.ts'

/** What is known of what was written. */
export type Sent = Pick<Message, 'id' | 'seq' | 'state'>

export interface SendQueueInit {
  readonly context: ConversationContext
  readonly book: LogBook
  readonly epochs: Epochs
  /** Called before each batch; throws the `ChatError` that says why nothing can be written now. */
  readonly prepare: () => void
  /** The epoch that new events are sealed in. */
  readonly epoch: () => Uint8Array
  readonly sorter: Sorter
  /** They are on disk: shows and pushes them. `touched`: messages that are not what they were. */
  readonly announce: (written: Sorted, touched: readonly MessageId[]) => void
  /** Nothing of them is on disk: memory is to be read anew. */
  readonly restore: () => void
}

/** The most messages of one batch: a flood leaves the event loop to others in between. */
const maxBatch = 128

interface PendingSend {
  readonly body: WireBody
  readonly plaintext: Uint8Array
  readonly onWritten: ((event: StoredEvent) => void) | undefined
  resolve(sent: Sent): void
  reject(error: unknown): void
}

/** Writes messages to the own log: all that share a transaction become one batch, with one signature. */
export class SendQueue {
  readonly #init: SendQueueInit
  readonly #pending: PendingSend[] = []
  #isScheduled = false

  constructor(init: SendQueueInit) {
    this.#init = init
  }

  /**
   * Resolves when the message is on disk; rejects with a `ChatError` when it could not be kept. `onWritten` runs inside
   * the transaction that writes it.
   */
  send(body: WireBody, onWritten?: (event: StoredEvent) => void): Promise<Sent> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ body, plaintext: encodeBody(body), onWritten, resolve, reject })
      if (!this.#isScheduled) this.#commit()
    })
  }

  #commit(): void {
    const { context, book, epochs, prepare, epoch, sorter, announce, restore } = this.#init
    const { clock, random, deviceSecretKey } = context
    try {
      prepare()
    } catch (error) {
      for (const send of this.#pending.splice(0)) send.reject(error)
      return
    }
    let batch: PendingSend[] = []
    let written: Sorted = { events: [], bodies: [], areNewest: true }
    let touched: readonly MessageId[] = []
    this.#isScheduled = true
    context.committer.add({
      apply: () => {
        // Taken here, so that everything asked for until the transaction begins goes along.
        this.#isScheduled = false
        batch = this.#pending.splice(0, maxBatch)
        const init = { log: book.own, epochs, epoch: epoch(), random, deviceSecretKey, clock: book.clock }
        const events = writeEvents(
          { ...init, now: clock.now() },
          batch.map((send) => send.plaintext),
        )
        written = sorter.sort(
          book.own,
          events,
          batch.map((send) => send.body),
        )
        book.append(book.own, written.events)
        touched = sorter.apply(book.own, written)
        batch.forEach((send, i) => send.onWritten?.(written.events[i] as StoredEvent))
      },
      done: () => {
        announce(written, touched)
        batch.forEach((send, i) => {
          const { seq, clock, id } = written.events[i] as StoredEvent
          send.resolve({ id: messageIdOf({ clock, id }), seq, state: book.own.delivery.stateOf(seq) })
        })
        if (this.#pending.length > 0 && !this.#isScheduled) this.#commit()
      },
      failed: (error) => {
        this.#isScheduled = false
        // Rejected first: reading anew may fail as well.
        for (const send of [...batch, ...this.#pending.splice(0)]) send.reject(error)
        restore()
      },
    })
  }
}
