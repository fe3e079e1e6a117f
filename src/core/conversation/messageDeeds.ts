import { chatError } from '../../shared/chatError.ts'
import { isEmoji } from '../../shared/emoji.ts'
import type { MessageId, PersonId } from '../../shared/ids.ts'
import { maxEdits, maxReactions, type Wording } from '../../shared/messages.ts'
import type { Message } from '../../shared/service.ts'
import type { Conversation } from './conversation.ts'
import { messageIdOf, positionOf } from './messageId.ts'

/**
 * What this person can do with messages that are there. Each resolves once it is on disk, and rejects with a `ChatError`
 * where it would have no effect: nothing that everybody ignores is written.
 */
export class MessageDeeds {
  readonly #conversation: Conversation
  /** What follows from what was there before is done one after the other. */
  #previous: Promise<unknown> = Promise.resolve()

  constructor(conversation: Conversation) {
    this.#conversation = conversation
  }

  edit(message: MessageId, text: string, mentions: readonly PersonId[] | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const { body, author, edited } = this.#require(message)
      if (author !== this.#self) throw chatError('not-author')
      if (body.kind !== 'text') throw chatError('not-editable')
      if ((edited?.count ?? 0) >= maxEdits) throw chatError('not-editable', `changed ${String(maxEdits)} times already`)
      if (body.text === text) return
      await this.#conversation.send({ kind: 'edit', message, text, ...(mentions && { mentions }) })
    })
  }

  /** Takes an own message back. */
  erase(message: MessageId): Promise<void> {
    return this.#inTurn(async () => {
      const { author, erasedBy } = this.#find(message)
      if (author !== this.#self) throw chatError('not-author')
      if (erasedBy !== undefined) return
      await this.#conversation.send({ kind: 'erase', message, edits: this.editsOf(message, author) })
    })
  }

  /** Removes messages from this device alone. Rejects with `unknown-message`, and then nothing is removed. */
  async hide(messages: readonly MessageId[]): Promise<void> {
    const { hiding } = this.#conversation
    hiding.check(messages)
    await this.#conversation.takeAway(messages, () => {
      hiding.hide(messages)
      return []
    })
  }

  /** In a direct conversation: for how long what is written from now on is kept; 0: for ever. */
  keep(lifetimeMs: number): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#conversation.about.lifetime.ms !== lifetimeMs)
        await this.#conversation.send({ kind: 'lifetime', lifetimeMs })
    })
  }

  react(message: MessageId, emoji: string, on: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (!isEmoji(emoji)) throw chatError('not-an-emoji')
      this.#require(message)
      const present = this.#conversation.about.projection.reactionsBy(message, this.#self)
      if (present.includes(emoji) === on) return
      const wanted = on ? [...present, emoji] : present.filter((one) => one !== emoji)
      if (wanted.length > maxReactions) throw chatError('invalid-params', `at most ${String(maxReactions)} reactions`)
      await this.#conversation.send({ kind: 'reaction', message, emoji: wanted })
    })
  }

  /** All wordings of a message, the first one first. */
  wordings(message: MessageId): readonly Wording[] {
    const { about } = this.#conversation
    const said = about.relations.find(message)
    if (said === undefined) throw chatError('unknown-message')
    return this.#find(message).erasedBy === undefined ? about.projection.wordings(said) : []
  }

  /** The events that changed a message. */
  editsOf(message: MessageId, author: PersonId): readonly MessageId[] {
    return this.#conversation.about.projection.editsOf(message, author)
  }

  thread(
    message: MessageId,
    before: MessageId | undefined,
    limit: number,
  ): { root: Message | null; messages: Message[]; hasMore: boolean } {
    const { about, timeline } = this.#conversation
    const after = before && positionOf(before)
    const places = about.relations.places(message, 'thread', undefined, after, limit + 1)
    const messages = places.slice(0, limit).flatMap((place) => timeline.get(messageIdOf(place)) ?? [])
    return { root: timeline.get(message) ?? null, messages: messages.reverse(), hasMore: places.length > limit }
  }

  get #self(): PersonId {
    return this.#conversation.own.personId
  }

  /** Throws `unknown-message`. */
  #find(message: MessageId): Message {
    const found = this.#conversation.timeline.get(message)
    if (found === undefined || found.body.kind === 'notice' || found.body.kind === 'room')
      throw chatError('unknown-message')
    return found
  }

  /** Throws `unknown-message`, or `message-erased`. */
  #require(message: MessageId): Message {
    const found = this.#find(message)
    if (found.erasedBy !== undefined || found.body.kind === 'unreadable') throw chatError('message-erased')
    return found
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#previous.then(work)
    this.#previous = done.catch(() => undefined)
    return done
  }
}
