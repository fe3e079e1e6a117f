import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'

/** How many of one's own messages are kept: more than are on their way at a time, even in a flood. */
const maxOwn = 8192

/** What stays of a message while nothing is said about it, whatever becomes of it. */
export type Lasting = Pick<Message, 'id' | 'author' | 'sentAt' | 'body'>

/** Messages that are asked for again and again: the newest of the conversation, and one's own whose state still changes. */
export class MessageCache {
  readonly #own = new Map<number, Message>()
  #last: Lasting | undefined

  /** Keeps messages just written here, in order. */
  addOwn(messages: readonly Message[]): void {
    for (const message of messages) this.#own.set(message.seq, message)
    for (const seq of this.#own.keys()) {
      if (this.#own.size <= maxOwn) break
      this.#own.delete(seq)
    }
  }

  /** One's own message, in the state that it was added with; `undefined` if it is not kept any more. */
  own(seq: number): Message | undefined {
    return this.#own.get(seq)
  }

  /** The newest message, read again only after something newer came. */
  last(read: () => Lasting | undefined): Lasting | undefined {
    this.#last ??= read()
    return this.#last
  }

  /** A message came to be at this place of the order. `newest`: the message, where it is known to be the last. */
  added(id: MessageId, newest?: Lasting): void {
    if (this.#last === undefined || id > this.#last.id) this.#last = newest
  }

  clear(): void {
    this.#own.clear()
    this.#last = undefined
  }
}
