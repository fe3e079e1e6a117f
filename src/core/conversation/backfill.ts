/** The first request for a log asks for this many events, so that the newest page of every log comes before the depths of any. */
export const firstPageEvents = 64

/** How much history others are known to hold that is not here yet, by the link that says so. */
export class Backfill {
  readonly #longerThan: number
  readonly #missing = new Map<object, number>()
  #isLong = false

  /** A backfill is long from more than `longerThan` events on, until nothing is missing any more. */
  constructor(longerThan: number) {
    this.#longerThan = longerThan
  }

  /** Events missing, as the link that knows of most says. */
  get missing(): number {
    return Math.max(0, ...this.#missing.values())
  }

  get isLong(): boolean {
    return this.#isLong
  }

  /** Whether `missing` changed by what this link says. */
  set(link: object, count: number): boolean {
    const before = this.missing
    if (count === 0) this.#missing.delete(link)
    else this.#missing.set(link, count)
    if (count > this.#longerThan) this.#isLong = true
    else if (this.missing === 0) this.#isLong = false
    return this.missing !== before
  }
}
