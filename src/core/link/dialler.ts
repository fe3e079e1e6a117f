import type { Disposable } from '../../shared/disposable.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'

export interface DiallerInit {
  readonly clock: Clock
  readonly random: Random
  /** One attempt. Resolves to whether there is a link now; never rejects. */
  readonly attempt: () => Promise<boolean>
  /** Before the second attempt; doubles from there. */
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  readonly onDidChange?: () => void
}

/**
 * Tries again and again, ever more rarely, with jitter, until told to rest. A peer that comes online dials by itself,
 * so a long wait costs little.
 */
export class Dialler implements Disposable {
  readonly #init: DiallerInit
  #failures = 0
  #timer: Disposable | undefined
  #nextAttemptAt: number | undefined
  #isAttempting = false
  #isAgain = false
  #isActive = false
  #isDisposed = false

  constructor(init: DiallerInit) {
    this.#init = init
  }

  get isAttempting(): boolean {
    return this.#isAttempting
  }
  /** Wall-clock time of the next attempt, where one is planned. */
  get nextAttemptAt(): number | undefined {
    return this.#nextAttemptAt
  }

  /** Tries after `delayMs` (at once by default), with the patience of the beginning. */
  wake(delayMs = 0): void {
    if (this.#isDisposed) return
    this.#isActive = true
    this.#failures = 0
    if (this.#isAttempting) this.#isAgain = true
    else this.#schedule(delayMs)
  }

  /** Tries again when it would after a failure: what came of the last attempt did not last. */
  retry(): void {
    if (this.#isDisposed) return
    this.#isActive = true
    if (!this.#isAttempting) this.#schedule(this.#delay())
  }

  /** No attempts until woken: there is a link, or no network. */
  rest(): void {
    this.#isActive = false
    this.#isAgain = false
    this.#cancel()
  }

  dispose(): void {
    this.#isDisposed = true
    this.rest()
  }

  #schedule(delayMs: number): void {
    this.#cancel()
    const { clock } = this.#init
    this.#nextAttemptAt = clock.now() + delayMs
    this.#timer = clock.after(delayMs, () => {
      this.#cancel()
      void this.#attempt()
    })
  }

  #cancel(): void {
    this.#timer?.dispose()
    this.#timer = undefined
    this.#nextAttemptAt = undefined
  }

  async #attempt(): Promise<void> {
    this.#isAttempting = true
    this.#init.onDidChange?.()
    const isLinked = await this.#init.attempt()
    this.#isAttempting = false
    if (isLinked || this.#isDisposed || !this.#isActive) this.#isAgain = false
    else if (this.#isAgain) {
      this.#isAgain = false
      this.#schedule(0)
    } else this.#schedule(this.#delay())
    this.#init.onDidChange?.()
  }

  /** Doubling, capped, with plus or minus a quarter of jitter. */
  #delay(): number {
    const { firstDelayMs, maxDelayMs, random } = this.#init
    const delay = Math.min(firstDelayMs * 2 ** Math.min(this.#failures++, 30), maxDelayMs)
    const jitter = (random.bytes(1)[0] as number) / 255 / 2 - 0.25
    return Math.round(delay * (1 + jitter))
  }
}
