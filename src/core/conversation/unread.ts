import type { MessageId } from '../../shared/ids.ts'
import { hashBytes } from '../crypto/primitives.ts'
import type { Position } from '../ports/store.ts'
import type { Relations } from '../relation/relations.ts'
import { comparePositions, messageIdOf } from './messageId.ts'
import type { HistorySource } from './roomHistory.ts'
import { countUnread } from './roomHistory.ts'
import type { RoomTie } from './roomTie.ts'
import type { Timeline } from './timeline.ts'

/** So many unread mentions are counted, the newest. */
const maxMentions = 1_000

/** So many clocks are counted in one turn of the event loop; there is about one message for each. */
const sliceClocks = 20_000
/** Where clocks were set far ahead there are more of them: so many turns are enough. */
const maxSlices = 50
const lastId = new Uint8Array(hashBytes).fill(0xff)

/** Where mentions are found. */
export interface MentionSource {
  readonly about: { readonly relations: Pick<Relations, 'mentionsAfter'> }
  readonly timeline: Pick<Timeline, 'get'>
}

/** How many messages of others are unread, and which of them mention this person. */
export class Unread {
  readonly #source: HistorySource
  readonly #tie: () => RoomTie | undefined
  readonly #marker: () => Position | undefined
  readonly #mentioned: MentionSource
  /** `undefined`: to be counted, or to be looked for. */
  #count: number | undefined
  #mentions: Set<MessageId> | undefined
  /** What changed while there was no count. */
  #changes = 0

  /** `marker`: everything up to there is read. */
  constructor(
    source: HistorySource,
    tie: () => RoomTie | undefined,
    marker: () => Position | undefined,
    mentioned: MentionSource,
  ) {
    this.#source = source
    this.#tie = tie
    this.#marker = marker
    this.#mentioned = mentioned
  }

  /**
   * Counts what is to be counted, a slice in each turn, so that others of the process have theirs as well. `nextTurn` says
   * whether to go on.
   */
  async settle(nextTurn: () => Promise<boolean>): Promise<void> {
    if (this.#count !== undefined) return
    const changes = this.#changes
    const end = this.#source.book.clock
    let after = this.#marker()
    const width = Math.max(sliceClocks, Math.ceil((end - (after?.clock ?? 0)) / maxSlices))
    let count = 0
    for (;;) {
      const upToClock: number = (after?.clock ?? 0) + width
      count += countUnread(this.#source, this.#tie(), after, upToClock)
      if (upToClock >= end) break
      after = { clock: upToClock, id: lastId }
      // What came or was read meanwhile makes it another number: that is counted at once, by whoever asks.
      if (!(await nextTurn()) || this.#changes !== changes) return
    }
    this.#count = count
  }

  get count(): number {
    this.#count ??= countUnread(this.#source, this.#tie(), this.#marker())
    return this.#count
  }

  /** In a room: how many unread messages mention this person. */
  get mentions(): number {
    if (this.#tie() === undefined) return 0
    this.#mentions ??= this.#findMentions()
    return this.#mentions.size
  }

  /** New messages of others came; `mentioning` are those of them that mention this person. */
  add(places: readonly Position[], mentioning: readonly Position[]): void {
    const marker = this.#marker()
    const isUnread = (place: Position): boolean => marker === undefined || comparePositions(place, marker) > 0
    // What is to be counted anew is on disk already, and counted there.
    if (this.#count !== undefined) this.#count += places.filter(isUnread).length
    else this.#changes++
    for (const place of mentioning.filter(isUnread)) this.#mentions?.add(messageIdOf(place))
  }

  /** Looks for mentions anew: messages say something else now. */
  remind(): void {
    this.#mentions = undefined
  }

  /** Counts anew what is there, when that is asked for. */
  recount(): void {
    this.#changes++
    this.#count = undefined
    this.#mentions = undefined
  }

  #findMentions(): Set<MessageId> {
    const marker = this.#marker()
    const readUpTo = marker && messageIdOf(marker)
    const { about, timeline } = this.#mentioned
    const found = about.relations.mentionsAfter(marker, maxMentions)
    const isUnread = (id: MessageId): boolean => readUpTo === undefined || id > readUpTo
    return new Set(found.filter((id) => isUnread(id) && timeline.get(id)?.mentionsSelf === true))
  }
}
