import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Position } from '../ports/store.ts'
import type { Erasure } from '../relation/erasures.ts'

/** What a room is to the conversation of its messages. It is asked anew each time, since members come and go. */
export interface RoomTie {
  /**
   * Sees to it that the transaction of this turn writes under a key that exactly the members of now hold. Throws the
   * `ChatError` that says why nothing can be written now.
   */
  prepare(): void
  /** The epoch that messages are sealed in, once `prepare` was called. */
  readonly epoch: Uint8Array
  /** For how long what is written is kept; 0: for ever. */
  readonly lifetimeMs: number
  /** Everybody else who belongs. */
  readonly others: ReadonlySet<PersonId>
  /** Whether a message counts: its author belonged, and might write, when it was written. */
  counts(device: DeviceId, seq: number): boolean
  /** Up to this message of a device nothing is asked for: it is from before this person came. */
  floorOf(device: DeviceId): number
  /** All messages of a device that count, written yet or not. */
  countedOf(device: DeviceId): Ranges
  /** The newest `limit` lines about the room itself before a place (or of all), oldest first. */
  lines(before: Position | undefined, limit: number): readonly Message[]
  /** The oldest `limit` such lines after a place, oldest first. */
  linesAfter(after: Position, limit: number): readonly Message[]
  /** Whether such a line has this place. */
  hasLine(at: Position): boolean
  /** Somebody took a message of somebody else back. */
  readonly hasErasures: boolean
  /** Everything of which somebody did so; what was written by another than was said stays. */
  readonly erasedMessages: readonly MessageId[]
  /** Whether a message of this author was taken back by whoever may. */
  erasureOf(message: MessageId, author: PersonId): Erasure | undefined
}
