/** Calls `work` once, `delayMs` after the last `start`. */
export class Debounced {
  readonly #delayMs: number
  readonly #work: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(delayMs: number, work: () => void) {
    this.#delayMs = delayMs
    this.#work = work
  }

  /** As `start`, unless something is pending: once a moment after the first change, however many follow. */
  begin(): void {
    if (this.#timer === undefined) this.start()
  }

  start(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.flush()
    }, this.#delayMs)
  }

  /** Does at once what is pending, if anything is. */
  flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#work()
  }
}
