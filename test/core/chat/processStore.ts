import type { Durability, Store, StoreKeeper, StoreRemains } from '../../../src/core/ports/store.ts'
import { chatError } from '../../../src/shared/chatError.ts'
import { MemoryDisk, MemoryStore } from '../../doubles/memoryStore.ts'

/** The disk as one simulated process sees it. The process may die in the moment in which a transaction is on disk. */
class ProcessStore extends MemoryStore implements Store {
  readonly #process: ProcessStores

  constructor(disk: MemoryDisk, process: ProcessStores) {
    super(disk)
    this.#process = process
  }

  override transaction<T>(work: () => T, durability?: Durability): T {
    if (!this.#process.isAlive) throw new Error('The process is dead')
    const result = super.transaction(work, durability)
    this.#process.onCommit()
    return result
  }

  override flush(): void {
    if (!this.#process.isAlive) throw new Error('The process is dead')
    const { commits } = this
    super.flush()
    if (this.commits > commits) this.#process.onCommit()
  }

  override readLog(log: number, from: number, to: number, limit: number): ReturnType<Store['readLog']> {
    if (this.#process.isUnreadable) throw chatError('store-failed')
    return super.readLog(log, from, to, limit)
  }
}

/** What one simulated process opens of a disk. */
export class ProcessStores implements StoreKeeper {
  /** Called after each commit; what it does happens before anything that waits for the commit. */
  onCommit: () => void = () => undefined
  /** Reading the rows of logs fails while set. */
  isUnreadable = false
  isAlive = true
  readonly #owner: { disk: MemoryDisk; readonly setAside: MemoryDisk[] }
  /** What was opened last. */
  store: MemoryStore | undefined

  constructor(owner: { disk: MemoryDisk; readonly setAside: MemoryDisk[] }) {
    this.#owner = owner
  }

  open(): Store {
    this.store = new ProcessStore(this.#owner.disk, this)
    return this.store
  }

  rebuild(at: number, fill: (store: Store, remains: StoreRemains, setAsideAs: string) => void): void {
    const damaged = this.#owner.disk
    const disk = new MemoryDisk()
    fill(new MemoryStore(disk), damaged, `aside-${String(at)}`)
    this.#owner.setAside.push(damaged)
    this.#owner.disk = disk
  }

  erase(): void {
    this.#owner.disk = new MemoryDisk()
    this.#owner.setAside.length = 0
  }

  isReplaced(): boolean {
    return this.#owner.disk !== this.store?.disk
  }

  kill(): void {
    this.isAlive = false
  }
}
