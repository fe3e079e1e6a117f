import type { ChatError } from '../../shared/chatError.ts'
import { chatError, ChatError as ChatErrorClass } from '../../shared/chatError.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Durability, Store } from '../ports/store.ts'

/** One piece of work for the next transaction. */
export interface Commit {
  /** What is to hold before `done` is called; `flushed` where nothing is said. */
  readonly durability?: Durability
  /** Runs inside the transaction; may change memory that `failed` restores. */
  apply(): void
  /** The transaction is as durable as was asked for. */
  done(): void
  /** The transaction failed: nothing of it is on disk. Memory must be read anew from the store. */
  failed(error: ChatError): void
}

/**
 * Group commit: what asks at once shares one transaction, and so one fsync; there is none where nobody waits for it. The
 * first after a quiet turn of the event loop begins as soon as whoever asks lets go of it, and what comes from then on waits
 * for the end of the turn. Nothing is acknowledged before its transaction is on disk (invariant 4).
 */
export class Committer {
  readonly #store: Store
  readonly #clock: Clock
  readonly #log: Log
  #pending: Commit[] = []
  /** There was a transaction in this turn or in the one before, or there is about to be one. */
  #isBusy = false

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store
    this.#clock = clock
    this.#log = log
  }

  /** Adds work to the next transaction. */
  add(commit: Commit): void {
    this.#pending.push(commit)
    if (this.#isBusy) return
    this.#isBusy = true
    void Promise.resolve().then(() => {
      this.flush()
      this.#goOn()
    })
  }

  /** At the end of each turn, until one had nothing to do. */
  #goOn(): void {
    this.#clock.defer(() => {
      // In a turn of its own: others have theirs before the next transaction.
      const isTidied = this.#store.tidy()
      this.#isBusy = isTidied || this.#pending.length > 0
      if (!this.#isBusy) return
      if (!isTidied) this.flush()
      this.#goOn()
    })
  }

  /**
   * Resolves when `apply` is on disk, or `written` where that is asked for, with what it returned; rejects with a
   * `ChatError` when that failed.
   */
  run<T>(apply: () => T, restore: () => void = () => undefined, durability: Durability = 'flushed'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T
      this.add({
        durability,
        apply: () => {
          result = apply()
        },
        done: () => {
          resolve(result)
        },
        failed: (error) => {
          // Rejected first: reading anew may fail as well.
          reject(error)
          restore()
        },
      })
    })
  }

  /** Commits what is pending now. */
  flush(): void {
    const batch = this.#pending
    if (batch.length === 0) return
    this.#pending = []
    let failure: ChatError | undefined
    try {
      const isWritten = batch.every(({ durability }) => durability === 'written')
      this.#store.transaction(
        () => {
          for (const commit of batch) commit.apply()
        },
        isWritten ? 'written' : 'flushed',
      )
    } catch (error) {
      failure = error instanceof ChatErrorClass ? error : chatError('internal')
      this.#log.error('A transaction failed', error)
    }
    for (const commit of batch) {
      try {
        if (failure === undefined) commit.done()
        else commit.failed(failure)
      } catch (error) {
        this.#log.error('What follows a transaction failed', error)
      }
    }
  }
}
