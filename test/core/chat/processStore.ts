import type { Store } from '../../../src/core/ports/store.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'

/** The disk as one simulated process sees it. The process may die in the moment in which a transaction is on disk. */
export class ProcessStore extends MemoryStore implements Store {
  /** Called after each commit; what it does happens before anything that waits for the commit. */
  onCommit: () => void = () => undefined
  /** Reading the rows of logs fails while set. */
  isUnreadable = false
  #isAlive = true

  override transaction<T>(work: () => T): T {
    if (!this.#isAlive) throw new Error('The process is dead')
    const result = super.transaction(work)
    this.onCommit()
    return result
  }

  override readLog(log: number, from: number, to: number, limit: number): ReturnType<MemoryStore['readLog']> {
    if (this.isUnreadable) throw chatError('store-failed')
    return super.readLog(log, from, to, limit)
  }

  kill(): void {
    this.#isAlive = false
  }
}
