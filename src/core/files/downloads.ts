import type { Disposable } from '../../shared/disposable.ts'
import type { FileState } from '../../shared/files.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { Download } from './download.ts'
import type { FileExchange } from './fileExchange.ts'
import type { FileShelf, KeptFile } from './fileShelf.ts'

/** Files that are fetched at once; the others wait for their turn. */
export const maxActive = 4

export interface DownloadsInit {
  readonly shelf: FileShelf
  readonly conversations: Conversations
  readonly clock: Clock
  readonly log: Log
  readonly exchanges: () => Iterable<FileExchange>
  readonly onChange: (kept: KeptFile, isNow: boolean) => void
}

/** Everything that is being fetched, a few at a time, in the order in which it was asked for. */
export class Downloads implements Disposable {
  readonly #init: DownloadsInit
  readonly #wanted = new Set<KeptFile>()
  readonly #active = new Map<KeptFile, Download>()
  #isDisposed = false

  constructor(init: DownloadsInit) {
    this.#init = init
  }

  /** Fetches a file, or goes on with it. */
  want(kept: KeptFile): void {
    if (this.#isDisposed || this.#wanted.has(kept)) return
    if (kept.copy.isWhole) {
      this.#init.onChange(kept, true)
      return
    }
    this.#wanted.add(kept)
    this.#fill()
    this.#init.onChange(kept, true)
  }

  /** Stops, and notes what came so far. */
  async rest(kept: KeptFile): Promise<void> {
    const download = this.#active.get(kept)
    this.#forget(kept)
    await download?.stop()
    this.#init.onChange(kept, true)
  }

  /** Stops at once: nothing of it is to be kept. */
  drop(kept: KeptFile): void {
    const download = this.#active.get(kept)
    this.#forget(kept)
    download?.dispose()
  }

  /** A link is there over which this conversation is shared. */
  linked(exchange: FileExchange, conversation: Conversation): void {
    for (const [kept, download] of this.#active)
      if (kept.isIn(conversation.id)) exchange.fetch(download, kept, conversation)
  }

  /** How far a file is; `undefined` for one that is not being fetched. */
  stateOf(kept: KeptFile): Omit<FileState, 'sending'> | undefined {
    if (!this.#wanted.has(kept)) return undefined
    const { copy } = kept
    const [bytes, { size }] = [copy.bytes, copy.shape]
    const download = this.#active.get(kept)
    const why = download === undefined ? 'others-first' : download.obstacle
    if (download === undefined || why !== undefined) return { kind: 'waiting', ...(why && { why }), bytes, size }
    const { bytesPerSecond } = download
    const secondsLeft = bytesPerSecond > 0 ? Math.ceil((size - bytes) / bytesPerSecond) : undefined
    return { kind: 'coming', bytes, size, bytesPerSecond, ...(secondsLeft !== undefined && { secondsLeft }) }
  }

  dispose(): void {
    this.#isDisposed = true
    for (const download of this.#active.values()) download.dispose()
    this.#active.clear()
    this.#wanted.clear()
  }

  #forget(kept: KeptFile): void {
    this.#wanted.delete(kept)
    this.#active.delete(kept)
    this.#fill()
  }

  #fill(): void {
    for (const kept of this.#wanted) {
      if (this.#active.size >= maxActive) return
      if (!this.#active.has(kept)) this.#begin(kept)
    }
  }

  #begin(kept: KeptFile): void {
    const { shelf, clock, log, conversations, exchanges, onChange } = this.#init
    const download: Download = new Download({
      copy: kept.copy,
      clock,
      log,
      keep: (held) => shelf.update(kept, { held }),
      onChange: (isWhole) => {
        if (isWhole) {
          this.#forget(kept)
          download.dispose()
        }
        onChange(kept, isWhole)
      },
    })
    this.#active.set(kept, download)
    const shared = conversations.all.filter(({ id }) => kept.isIn(id))
    for (const exchange of exchanges()) for (const one of shared) exchange.fetch(download, kept, one)
  }
}
