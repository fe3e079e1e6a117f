import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { MessageState } from '../../shared/service.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, emptyRanges, hasSeq, missingFrom, topSeq } from '../event/ranges.ts'

/**
 * Where one's own messages of a conversation stand. Nothing here is a message of its own: *delivered* is what other
 * devices say that they hold, *sent* is what open links were handed.
 */
export class Delivery {
  /** In a room: everybody else who belongs. Absent in a direct conversation. */
  others: (() => ReadonlySet<PersonId>) | undefined
  /** Nobody else is to have them: what is on this disk is where it belongs. */
  isAlone = false
  readonly #acks = new Map<DeviceId, { person: PersonId; ranges: Ranges; told: Ranges }>()
  readonly #handed = new Map<object, Ranges>()

  stateOf(seq: number): Exclude<MessageState, 'received'> {
    return this.standingOf(seq).state
  }

  /** The state of a message, and in a room how many of the others have it. */
  standingOf(seq: number): { state: Exclude<MessageState, 'received'>; deliveredTo?: number } {
    if (this.isAlone) return { state: 'delivered' }
    const others = this.others?.()
    if (others === undefined) {
      for (const { ranges } of this.#acks.values()) if (hasSeq(ranges, seq)) return { state: 'delivered' }
      return { state: this.#isHanded(seq) ? 'sent' : 'queued' }
    }
    const holders = this.holdersOf([{ from: seq, to: seq }])
    const deliveredTo = [...holders].filter((person) => others.has(person)).length
    if (deliveredTo > 0) return { state: deliveredTo === others.size ? 'delivered' : 'sent', deliveredTo }
    return { state: this.#isHanded(seq) ? 'sent' : 'queued', deliveredTo }
  }

  /** Who said to hold all of it. */
  holdersOf(wanted: Ranges): Set<PersonId> {
    const holders = [...this.#acks.values()].filter(({ ranges }) => missingFrom(ranges, wanted).length === 0)
    return new Set(holders.map(({ person }) => person))
  }

  /** The newest number that somebody said to hold; 0 if there is none. */
  get confirmedUpTo(): number {
    return Math.max(0, ...[...this.#acks.values()].map(({ ranges }) => topSeq(ranges)))
  }

  /**
   * A device of another person holds `ranges` of the own log. Returns what it never said before: one that takes its word
   * back and gives it again, over and over, causes no work.
   */
  acknowledge(device: DeviceId, person: PersonId, ranges: Ranges): Ranges {
    const before = this.#acks.get(device)?.told ?? emptyRanges
    const news = missingFrom(before, ranges)
    const told = news.reduce((sum, { from, to }) => addRange(sum, from, to), before)
    this.#acks.set(device, { person, ranges, told })
    return news
  }

  /** `from..to` went out over `link`. */
  hand(link: object, from: number, to: number): void {
    this.#handed.set(link, addRange(this.#handed.get(link) ?? emptyRanges, from, to))
  }

  /** `link` closed. Returns what it was handed and nobody has confirmed: that is queued again. */
  withdraw(link: object): Ranges {
    const handed = this.#handed.get(link) ?? emptyRanges
    this.#handed.delete(link)
    let open = handed
    for (const { ranges } of this.#acks.values()) open = missingFrom(ranges, open)
    for (const [device, ack] of this.#acks) this.#acks.set(device, { ...ack, told: missingFrom(open, ack.told) })
    return open
  }

  #isHanded(seq: number): boolean {
    for (const ranges of this.#handed.values()) if (hasSeq(ranges, seq)) return true
    return false
  }
}
