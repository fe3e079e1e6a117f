import type { ChatError } from '../../shared/chatError.ts'
import { StoreFailure } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { StoreTrouble } from '../../shared/store.ts'
import type { Clock } from '../ports/clock.ts'
import type { StoreWatcher } from './watchedStore.ts'

/** A disk that refused is tried again this often. */
export const retryEveryMs = 3_000

/** Whether the disk takes what it is given. One that refused is tried until it does, so that nobody has to restart. */
export class StoreHealth implements StoreWatcher, Disposable {
  readonly #clock: Clock
  readonly #probe: () => void
  readonly #onDidChange = new Emitter<void>()
  readonly #onDidFindDamage = new Emitter<void>()
  #trouble: StoreTrouble | undefined
  #timer: Disposable | undefined

  /** `probe` writes something and throws what the disk says to that. */
  constructor(clock: Clock, probe: () => void) {
    this.#clock = clock
    this.#probe = probe
  }

  readonly onDidChange: Event<void> = this.#onDidChange.event
  /** What was read is not what was written. */
  readonly onDidFindDamage: Event<void> = this.#onDidFindDamage.event

  get trouble(): StoreTrouble | undefined {
    return this.#trouble
  }

  committed(): void {
    if (this.#trouble !== undefined) this.#set(undefined)
  }

  failed(error: ChatError): void {
    if (error.code === 'store-damaged') this.#onDidFindDamage.fire()
    if (error.code !== 'store-failed') return
    this.#set(error instanceof StoreFailure ? error.trouble : 'failing')
  }

  /** Tries now whether the disk takes something again. */
  retry(): void {
    if (this.#trouble === undefined) return
    try {
      this.#probe()
    } catch {
      // It went through the store, and so `failed` has heard of it.
    }
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#onDidChange.dispose()
    this.#onDidFindDamage.dispose()
  }

  #set(trouble: StoreTrouble | undefined): void {
    this.#timer?.dispose()
    this.#timer =
      trouble === undefined
        ? undefined
        : this.#clock.after(retryEveryMs, () => {
            this.retry()
          })
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#onDidChange.fire()
  }
}
