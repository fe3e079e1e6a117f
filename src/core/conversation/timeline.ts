import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { Ranges } from '../event/ranges.ts'
import { commonRanges } from '../event/ranges.ts'
import type { Position } from '../ports/store.ts'
import type { DeviceLog } from './deviceLog.ts'
import { positionOf } from './messageId.ts'
import type { Lasting, MessageCache } from './messageCache.ts'
import type { HistorySource } from './roomHistory.ts'
import { readOne, readPage, readPageAfter, readRow } from './roomHistory.ts'
import type { RoomTie } from './roomTie.ts'

/** The messages of a conversation in their order; in a room, the lines about the room among them. */
export class Timeline {
  readonly #source: HistorySource
  readonly #cache: MessageCache
  readonly #tie: () => RoomTie | undefined

  constructor(source: HistorySource, cache: MessageCache, tie: () => RoomTie | undefined) {
    this.#source = source
    this.#cache = cache
    this.#tie = tie
  }

  /** The newest `limit` messages before `before`, oldest first. */
  history(before: MessageId | undefined, limit: number): { messages: Message[]; hasMore: boolean } {
    return readPage(this.#source, this.#tie(), before && positionOf(before), limit)
  }

  /** The oldest `limit` messages after `after`, oldest first. */
  historyAfter(after: MessageId, limit: number): { messages: Message[]; hasMore: boolean } {
    return readPageAfter(this.#source, this.#tie(), positionOf(after), limit)
  }

  /** One message, or `undefined` where it is not on this disk. */
  get(id: MessageId): Message | undefined {
    return readOne(this.#source, this.#tie(), positionOf(id))
  }

  /** The newest message, or `undefined`. */
  last(): Lasting | undefined {
    return this.#cache.last(() => this.history(undefined, 1).messages[0])
  }

  /** The message at a place of a log, or `undefined` where it is not on this disk or does not count. */
  at(log: number, seq: number): Message | undefined {
    const row = this.#source.store.getEvent(log, seq)
    return row && readRow(this.#source, this.#tie(), row)
  }

  /** What of a log is on this disk and counts. */
  countedOf(log: DeviceLog): Ranges {
    const tie = this.#tie()
    return tie === undefined ? log.ranges : commonRanges(tie.countedOf(log.deviceId), log.ranges)
  }

  has(id: MessageId): boolean {
    const at = positionOf(id)
    const { store, number } = this.#source
    return store.findEvent(number, at) !== undefined || this.#tie()?.hasLine(at) === true
  }

  /** How many messages come after a place. */
  countAfter(at: Position): number {
    return this.#source.store.countEvents(this.#source.number, at, [])
  }
}
