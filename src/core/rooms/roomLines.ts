import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { idBytes } from '../codec/bytes.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { Position } from '../ports/store.ts'
import type { RoomLine } from '../room/roomView.ts'

/** A line about the room as the message that it is shown as. */
function asMessage({ clock, id, author, device, sentAt, body }: RoomLine): Message {
  return { id: lineId({ clock, id }), author, device, seq: 0, clock, sentAt, body, state: 'received' }
}

function lineId({ clock, id }: Pick<RoomLine, 'clock' | 'id'>): MessageId {
  return messageIdOf({ clock, id: idBytes(id) })
}

/** The lines about a room, by their places among its messages. */
export class RoomLines {
  readonly #lines: readonly RoomLine[]

  /** `lines`: ascending by (clock, id). */
  constructor(lines: readonly RoomLine[]) {
    this.#lines = lines
  }

  /** The newest `limit` lines before a place, or of all, oldest first. */
  before(before: Position | undefined, limit: number): readonly Message[] {
    const end = before === undefined ? this.#lines.length : this.#placeOf(messageIdOf(before))
    return this.#lines.slice(Math.max(0, end - limit), end).map(asMessage)
  }

  /** The oldest `limit` lines after a place, oldest first. */
  after(after: Position, limit: number): readonly Message[] {
    const start = this.#placeOf(messageIdOf(after)) + (this.has(after) ? 1 : 0)
    return this.#lines.slice(start, start + limit).map(asMessage)
  }

  /** The lines that the earlier ones do not have, in order. */
  beyond(earlier: RoomLines): readonly Message[] {
    const known = new Set(earlier.#lines.map(({ id }) => id))
    return this.#lines.filter(({ id }) => !known.has(id)).map(asMessage)
  }

  /** The lines that say something else than they did in the earlier ones, in order: more is known now of what came before. */
  changedSince(earlier: RoomLines): readonly Message[] {
    const known = new Map(earlier.#lines.map(({ id, body }) => [id, body]))
    const isOther = ({ id, body }: RoomLine): boolean => {
      const before = known.get(id)
      return before !== undefined && before !== body && JSON.stringify(before) !== JSON.stringify(body)
    }
    return this.#lines.filter(isOther).map(asMessage)
  }

  has(at: Position): boolean {
    const id = messageIdOf(at)
    const line = this.#lines[this.#placeOf(id)]
    return line !== undefined && lineId(line) === id
  }

  /** How many lines come before a place. */
  #placeOf(id: MessageId): number {
    let [low, high] = [0, this.#lines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (lineId(this.#lines[middle] as RoomLine) < id) low = middle + 1
      else high = middle
    }
    return low
  }
}
