/** A turn of the event loop that is longer than this is noticed by whoever else lives in the process. */
const turnMs = 10

/**
 * How much to do in one turn of the event loop, found out by doing it: a slow or busy machine does less at a time, so that
 * others who share the process (in an editor: every extension) get their turn as often as on a fast one.
 */
export class Pace {
  readonly #most: number
  /** One at first: code that runs for the first time takes several times as long as later. */
  #atOnce = 1

  constructor(most: number) {
    this.#most = most
  }

  /** So many pieces of work go in the next turn: from 1 to the most. */
  get atOnce(): number {
    return this.#atOnce
  }

  /** The last turn, with as many as `atOnce` said, took so long. */
  took(ms: number): void {
    // One more takes as much longer as each of these took.
    if (ms > turnMs) this.#atOnce = Math.max(1, this.#atOnce - 1)
    else if (ms + ms / this.#atOnce <= turnMs) this.#atOnce = Math.min(this.#most, this.#atOnce + 1)
  }
}

/** Whether a turn that began at `startMs` has gone on for long enough. */
export const isTurnOver = (startMs: number, nowMs: number): boolean => nowMs - startMs > turnMs
