import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { Position } from '../ports/store.ts'
import { messageIdOf, positionOf } from './messageId.ts'
import type { HistorySource } from './roomHistory.ts'
import { countUnread, readPage } from './roomHistory.ts'
import type { RoomTie } from './roomTie.ts'

/** Mentions are looked for among so many unread messages, the newest. */
const maxSearched = 5_000
const pageMessages = 200

/** How many messages of others are unread, and which of them mention this person. */
export class Unread {
  readonly #source: HistorySource
  readonly #tie: () => RoomTie | undefined
  readonly #marker: () => Position | undefined
  /** `undefined`: to be counted, or to be looked for. */
  #count: number | undefined
  #mentions: Set<MessageId> | undefined

  /** `marker`: everything up to there is read. */
  constructor(source: HistorySource, tie: () => RoomTie | undefined, marker: () => Position | undefined) {
    this.#source = source
    this.#tie = tie
    this.#marker = marker
  }

  get count(): number {
    this.#count ??= countUnread(this.#source, this.#tie(), this.#marker())
    return this.#count
  }

  /** In a room: how many unread messages mention this person. */
  get mentions(): number {
    if (this.#tie() === undefined) return 0
    this.#mentions ??= new Set(this.#search())
    return this.#mentions.size
  }

  /** New messages of others came, of which `messages` were read. */
  add(places: readonly Position[], messages: readonly Message[]): void {
    const marker = this.#marker()
    const readUpTo = marker && messageIdOf(marker)
    const isUnread = (id: MessageId): boolean => readUpTo === undefined || id > readUpTo
    // What is to be counted anew is on disk already, and counted there.
    if (this.#count !== undefined) this.#count += places.filter((place) => isUnread(messageIdOf(place))).length
    if (messages.length < places.length) this.#mentions = undefined
    else for (const { id, mentionsSelf } of messages) if (mentionsSelf && isUnread(id)) this.#mentions?.add(id)
  }

  /** Counts anew what is there, when that is asked for. */
  recount(): void {
    this.#count = undefined
    this.#mentions = undefined
  }

  #search(): MessageId[] {
    const marker = this.#marker()
    const readUpTo = marker && messageIdOf(marker)
    const found: MessageId[] = []
    let before: Position | undefined
    for (let searched = 0; this.count > 0 && searched < maxSearched; searched += pageMessages) {
      const { messages, hasMore } = readPage(this.#source, this.#tie(), before, pageMessages)
      const unread = messages.filter(({ id }) => readUpTo === undefined || id > readUpTo)
      for (const { id, mentionsSelf } of unread) if (mentionsSelf) found.push(id)
      const [oldest] = messages
      if (oldest === undefined || unread.length < messages.length || !hasMore) break
      before = positionOf(oldest.id)
    }
    return found
  }
}
