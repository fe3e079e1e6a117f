import type { Disposable } from '../../shared/disposable.ts'
import { toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Download } from './download.ts'
import { maxOpenFiles, type FileFrame } from './fileFrame.ts'
import type { KeptFile } from './fileShelf.ts'
import { Serving } from './serving.ts'
import type { Source } from './source.ts'

export interface ExchangeInit {
  readonly link: Link
  readonly clock: Clock
  readonly log: Log
  /** A file that is kept here, by its root. */
  readonly find: (root: string) => KeptFile | undefined
  /** The number under which a conversation goes on this link; `undefined` where both sides do not share it now. */
  readonly channelOf: (conversation: Conversation) => number | undefined
  readonly mayServe: (kept: KeptFile) => boolean
  /** Something was given to the other side, or turned out not to be here. */
  readonly onServed: (kept: KeptFile) => void
}

interface Fetched {
  readonly download: Download
  readonly source: Source
}

/** What two linked devices exchange of files: what this one fetches there, and what it gives. */
export class FileExchange implements Disposable {
  readonly serving: Serving
  readonly #init: ExchangeInit
  readonly #fetched = new Map<number, Fetched>()
  #lastFile = 0

  constructor(init: ExchangeInit) {
    this.#init = init
    const { link, clock, log, mayServe, onServed } = init
    this.serving = new Serving({ link, clock, log, mayServe, onServed })
  }

  get link(): Link {
    return this.#init.link
  }

  /** Fetches a file from the other side as well, where it is of a conversation that both share. */
  fetch(download: Download, kept: KeptFile, conversation: Conversation): void {
    const { link, channelOf } = this.#init
    const channel = channelOf(conversation)
    if (channel === undefined || this.#fetched.size >= maxOpenFiles) return
    if ([...this.#fetched.values()].some((fetched) => fetched.download === download)) return
    const file = ++this.#lastFile
    const source = download.add({
      device: link.peer.device,
      ask: (from, count) => {
        link.send({ type: 'file-ask', file, from, count })
      },
      close: () => {
        this.#fetched.delete(file)
        link.send({ type: 'file-close', file })
      },
    })
    if (source === undefined) return
    this.#fetched.set(file, { download, source })
    const held = kept.copy.held.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    link.send({ type: 'file-open', channel, file, root: kept.record.root, held })
  }

  /** `conversation`: the one that a `file-open` names, where both share it. */
  onFrame(frame: FileFrame, conversation: Conversation | undefined): void {
    if (!this.#handle(frame, conversation)) this.link.close('protocol')
  }

  onDrain(): void {
    this.serving.onDrain()
  }

  dispose(): void {
    this.serving.dispose()
    const fetched = [...this.#fetched.values()]
    this.#fetched.clear()
    for (const { download, source } of fetched) download.remove(source)
  }

  /** False for what breaks the protocol. What is about a file that was closed meanwhile is skipped. */
  #handle(frame: FileFrame, conversation: Conversation | undefined): boolean {
    switch (frame.type) {
      case 'file-open': {
        const kept = this.#init.find(toHex(frame.root))
        // Whoever is not in a conversation with it learns nothing, not even that it is here.
        const isShared = (): boolean =>
          conversation !== undefined &&
          this.#init.channelOf(conversation) !== undefined &&
          kept?.isIn(conversation.id) === true
        return this.serving.open(frame.file, isShared() ? kept : undefined, frame.held, isShared)
      }
      case 'file-ask':
        return this.serving.ask(frame.file, frame.from, frame.count)
      case 'file-close':
        this.serving.close(frame.file)
        return true
      default:
        return this.#answered(frame)
    }
  }

  #answered(frame: Extract<FileFrame, { type: 'file-has' | 'file-part' | 'file-lack' }>): boolean {
    if (frame.file > this.#lastFile) return false
    const fetched = this.#fetched.get(frame.file)
    if (fetched === undefined) return true
    const { download, source } = fetched
    if (frame.type === 'file-part') return download.onPart(source, frame.part, frame.bytes)
    if (frame.type === 'file-lack') return download.onLack(source, frame.from, frame.count)
    download.onHas(source, frame.parts)
    return true
  }
}
