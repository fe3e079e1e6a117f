import { ChatError } from '../../shared/chatError.ts'
import type {
  Durability,
  EventPart,
  EventRow,
  LogRow,
  Position,
  RecordKind,
  RelationRow,
  Store,
} from '../ports/store.ts'

/** What whoever looks after a store wants to hear of it. */
export interface StoreWatcher {
  /** The disk took a transaction. */
  committed(): void
  /** Something was refused; whoever asked for it hears so as well. */
  failed(error: ChatError): void
}

/** A store that tells a watcher how it fares. */
export class WatchedStore implements Store {
  readonly #store: Store
  readonly #watcher: StoreWatcher

  constructor(store: Store, watcher: StoreWatcher) {
    this.#store = store
    this.#watcher = watcher
  }

  transaction<T>(work: () => T, durability?: Durability): T {
    const result = this.#try(() => this.#store.transaction(work, durability))
    this.#watcher.committed()
    return result
  }

  flush(): void {
    this.#try(() => {
      this.#store.flush()
    })
  }

  getRecord(kind: RecordKind, id: Uint8Array): Uint8Array | undefined {
    return this.#try(() => this.#store.getRecord(kind, id))
  }

  putRecord(kind: RecordKind, id: Uint8Array, sealed: Uint8Array): void {
    this.#try(() => {
      this.#store.putRecord(kind, id, sealed)
    })
  }

  deleteRecord(kind: RecordKind, id: Uint8Array): void {
    this.#try(() => {
      this.#store.deleteRecord(kind, id)
    })
  }

  listRecords(kind: RecordKind): ReturnType<Store['listRecords']> {
    return this.#try(() => this.#store.listRecords(kind))
  }

  listUnknownRecords(): ReturnType<Store['listUnknownRecords']> {
    return this.#try(() => this.#store.listUnknownRecords())
  }

  addEvents(rows: Iterable<EventRow>): void {
    this.#try(() => {
      this.#store.addEvents(rows)
    })
  }

  getEvent(log: number, seq: number): EventRow | undefined {
    return this.#try(() => this.#store.getEvent(log, seq))
  }

  readLog(log: number, from: number, to: number, limit: number): readonly LogRow[] {
    return this.#try(() => this.#store.readLog(log, from, to, limit))
  }

  readHistory(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#try(() => this.#store.readHistory(conversation, before, limit))
  }

  readLinesAfter(conversation: number, after: Position, limit: number): readonly EventRow[] {
    return this.#try(() => this.#store.readLinesAfter(conversation, after, limit))
  }

  readLines(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#try(() => this.#store.readLines(conversation, before, limit))
  }

  readOpen(conversation: number, before: Position | undefined, limit: number): readonly EventRow[] {
    return this.#try(() => this.#store.readOpen(conversation, before, limit))
  }

  findEvent(conversation: number, at: Position): EventRow | undefined {
    return this.#try(() => this.#store.findEvent(conversation, at))
  }

  countEvents(...where: Parameters<Store['countEvents']>): number {
    return this.#try(() => this.#store.countEvents(...where))
  }

  replaceEvent(log: number, seq: number, sealed: Uint8Array, part: EventPart): void {
    this.#try(() => {
      this.#store.replaceEvent(log, seq, sealed, part)
    })
  }

  addRelations(rows: readonly RelationRow[]): void {
    this.#try(() => {
      this.#store.addRelations(rows)
    })
  }

  deleteRelations(rows: readonly RelationRow[]): void {
    this.#try(() => {
      this.#store.deleteRelations(rows)
    })
  }

  readRelations(target: Uint8Array): readonly RelationRow[] {
    return this.#try(() => this.#store.readRelations(target))
  }

  readSlot(target: Uint8Array, slot: Uint8Array, before: Position | undefined, limit: number): readonly RelationRow[] {
    return this.#try(() => this.#store.readSlot(target, slot, before, limit))
  }

  scrub(): void {
    this.#store.scrub()
  }

  tidy(): boolean {
    return this.#store.tidy()
  }

  close(): void {
    this.#store.close()
  }

  #try<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (error instanceof ChatError) this.#watcher.failed(error)
      throw error
    }
  }
}
