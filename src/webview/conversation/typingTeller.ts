/** That the user goes on writing is said this often: well before the other side takes it back by itself. */
const repeatMs = 3_000

/** Says that the user is writing, and that they have stopped, no more often than anybody needs to hear it. */
export class TypingTeller {
  readonly #tell: (isTyping: boolean) => void
  readonly #now: () => number
  #toldAt: number | undefined

  /** `now`: milliseconds that only grow. */
  constructor(tell: (isTyping: boolean) => void, now: () => number) {
    this.#tell = tell
    this.#now = now
  }

  /** The unsent text is now this. */
  changed(text: string): void {
    const now = this.#now()
    if (text.trim() === '') this.stop()
    else if (this.#toldAt === undefined || now - this.#toldAt >= repeatMs) {
      this.#toldAt = now
      this.#tell(true)
    }
  }

  stop(): void {
    if (this.#toldAt === undefined) return
    this.#toldAt = undefined
    this.#tell(false)
  }
}
