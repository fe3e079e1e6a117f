import { chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { FileState } from '../../shared/files.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import { Allowance } from '../link/allowance.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import { Downloads } from './downloads.ts'
import { FileExchange } from './fileExchange.ts'
import { findFileMessage, type FileMessage } from './fileMessage.ts'
import type { FileSettings } from './fileSettings.ts'
import type { FoundFile } from './fileSending.ts'
import type { FilePlace, FileShelf, KeptFile } from './fileShelf.ts'
import { ServedBook } from './servedBook.ts'

/** While something moves, it is told this often. */
const toldEveryMs = 500
/** What one person's files may take of the disk without anybody having asked for them: so much at once, and 1 GB a day. */
const automaticAllowance = { burst: 256 * 1024 * 1024, perSecond: 12_000 }
/** What a file costs of that beside its size: many small ones are a flood as well. */
const automaticCost = 64 * 1024

export interface FilesInit {
  readonly shelf: FileShelf
  readonly settings: FileSettings
  readonly store: Store
  readonly conversations: Conversations
  readonly clock: Clock
  readonly log: Log
}

/** The files in conversations: which are here, which come, and who gets them from here. */
export class Files implements Disposable {
  readonly shelf: FileShelf
  readonly settings: FileSettings
  readonly #init: FilesInit
  readonly #exchanges = new Set<FileExchange>()
  readonly #downloads: Downloads
  readonly #served = new ServedBook()
  readonly #automatic = new Map<PersonId, Allowance>()
  readonly #parts = new DisposableStore()
  readonly #onDidChange = new Emitter<FilePlace & { readonly state: FileState }>()
  readonly #changed = new Set<KeptFile>()
  #timer: Disposable | undefined

  constructor(init: FilesInit) {
    this.#init = init
    this.shelf = init.shelf
    this.settings = init.settings
    const { shelf, conversations, clock, log } = init
    const exchanges = (): Iterable<FileExchange> => this.#exchanges
    const onChange = (kept: KeptFile, isNow: boolean): void => {
      for (const { serving } of isNow ? this.#exchanges : []) serving.tell(kept)
      this.#changedNow(kept, isNow)
    }
    this.#downloads = this.#parts.add(new Downloads({ shelf, conversations, clock, log, exchanges, onChange }))
    this.#parts.add(
      shelf.onDidDrop((kept) => {
        this.#downloads.drop(kept)
        for (const { serving } of this.#exchanges) serving.forget(kept)
        this.#changed.delete(kept)
      }),
    )
    for (const conversation of conversations.all) this.#watch(conversation)
    this.#parts.add(
      conversations.onDidAdd((conversation) => {
        this.#watch(conversation)
      }),
    )
  }

  /** How far a file is: at most twice a second while it moves. */
  readonly onDidChange: Event<FilePlace & { readonly state: FileState }> = this.#onDidChange.event

  /** Goes on with what was being fetched, and removes what belongs to nothing any more. */
  start(): void {
    for (const kept of this.shelf.all) {
      for (const place of kept.places) this.#check(place)
      if (!kept.record.isPaused && !kept.copy.isWhole) this.#downloads.want(kept)
    }
    this.#attempt('Files could not be swept', this.shelf.sweep())
  }

  /** A link is there; whoever owns it disposes the exchange when it closes. */
  exchange(link: Link, channelOf: (conversation: Conversation) => number | undefined): FileExchange {
    const { clock, log } = this.#init
    const exchange: FileExchange = new FileExchange({
      ...{ link, clock, log, channelOf },
      find: (root) => this.shelf.find(root),
      mayServe: (kept) => this.#served.mayServe(link.peer.person, kept),
      onServed: (kept) => {
        this.#changedNow(kept, false)
      },
    })
    this.#exchanges.add(exchange)
    return exchange
  }

  /** The link of an exchange is gone. */
  unlinked(exchange: FileExchange): void {
    this.#exchanges.delete(exchange)
    exchange.dispose()
  }

  /** Both sides of a link have named a conversation. */
  linked(exchange: FileExchange, conversation: Conversation): void {
    this.#downloads.linked(exchange, conversation)
  }

  /** Throws `unknown-message` for whatever is no file. */
  stateOf(conversation: Conversation, message: Message['id']): FileState {
    const found = findFileMessage(this.#init.store, conversation, message)
    if (found.kind === 'erased' || (found.kind === 'file' && found.isHidden)) return { kind: 'gone', bytes: 0, size: 0 }
    if (found.kind === 'other') throw chatError('unknown-message')
    const kept = this.shelf.at({ conversation: conversation.id, message })
    return kept === undefined ? { kind: 'elsewhere', bytes: 0, size: found.file.size } : this.#stateOf(kept)
  }

  /** What is here of a file. Throws `unknown-message`, and `file-not-here` where some of it is missing. */
  require(conversation: Conversation, message: Message['id']): FoundFile {
    const { file } = this.#require(conversation, message)
    const kept = this.shelf.at({ conversation: conversation.id, message })
    if (kept?.copy.isWhole !== true) throw chatError('file-not-here')
    return { kept, file }
  }

  /** Rejects with `unknown-message`, or with `store-failed`. */
  async download(conversation: Conversation, message: Message['id']): Promise<FileState> {
    const { file } = this.#require(conversation, message)
    const kept = await this.shelf.add({ conversation: conversation.id, message }, file)
    if (kept.copy.isSuspect) await kept.copy.check()
    if (kept.record.isPaused) await this.shelf.update(kept, { isPaused: false })
    this.#downloads.want(kept)
    return this.#stateOf(kept)
  }

  async pause(conversation: Conversation, message: Message['id']): Promise<FileState> {
    this.#require(conversation, message)
    const kept = this.shelf.at({ conversation: conversation.id, message })
    if (kept !== undefined && !kept.copy.isWhole) {
      await this.shelf.update(kept, { isPaused: true })
      await this.#downloads.rest(kept)
    }
    return this.stateOf(conversation, message)
  }

  /** Removes what came from elsewhere; what this device brought in, or passes on from here, stays. */
  async cancel(conversation: Conversation, message: Message['id']): Promise<FileState> {
    const { author } = this.#require(conversation, message)
    const place = { conversation: conversation.id, message }
    const kept = this.shelf.at(place)
    const isOffered = kept?.copy.isWhole === true && author === conversation.own.personId
    if (kept?.record.isOwn === false && !isOffered) await this.shelf.release(place)
    const state = this.stateOf(conversation, message)
    this.#onDidChange.fire({ ...place, state })
    return state
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#parts.dispose()
    for (const exchange of [...this.#exchanges]) this.unlinked(exchange)
  }

  #require(conversation: Conversation, message: Message['id']): Extract<FileMessage, { kind: 'file' }> {
    const found = findFileMessage(this.#init.store, conversation, message)
    if (found.kind === 'erased') throw chatError('message-erased')
    if (found.kind === 'other') throw chatError('unknown-message')
    return found
  }

  #stateOf(kept: KeptFile): FileState {
    const { copy, record } = kept
    const { size } = copy.shape
    if (!copy.isWhole)
      return (
        this.#downloads.stateOf(kept) ?? { kind: record.isPaused ? 'paused' : 'elsewhere', bytes: copy.bytes, size }
      )
    const sendings = [...this.#exchanges].flatMap(({ serving }) => serving.sendingOf(kept) ?? [])
    if (sendings.length === 0) return { kind: 'here', bytes: size, size }
    const bytes = Math.min(...sendings.map((sending) => sending.bytes))
    const bytesPerSecond = sendings.reduce((sum, sending) => sum + sending.bytesPerSecond, 0)
    return { kind: 'here', bytes: size, size, sending: { people: sendings.length, bytes, bytesPerSecond } }
  }

  #watch(conversation: Conversation): void {
    const check = (messages: readonly Message[]): void => {
      for (const { id } of messages) this.#check({ conversation: conversation.id, message: id })
    }
    this.#parts.add(conversation.onDidRemove(check))
    this.#parts.add(conversation.onDidChangeMessages(check))
    this.#parts.add(
      conversation.onDidAdd((messages) => {
        for (const message of messages) this.#consider(conversation, message)
      }),
    )
  }

  /** Where the content of a message is gone, that of its file goes as well. */
  #check(place: FilePlace): void {
    if (this.shelf.at(place) === undefined) return
    const conversation = this.#init.conversations.get(place.conversation)
    if (conversation === undefined) return
    if (findFileMessage(this.#init.store, conversation, place.message).kind !== 'erased') return
    const gone = this.shelf.release(place).then(() => {
      this.#onDidChange.fire({ ...place, state: { kind: 'gone', bytes: 0, size: 0 } })
    })
    this.#attempt('A file could not be removed', gone)
  }

  /** Fetches what is small enough to come by itself. */
  #consider({ id: conversation }: Conversation, { id: message, author, state, body }: Message): void {
    if (body.kind !== 'file' || state !== 'received' || body.size > this.settings.automaticBytes) return
    const allowance = this.#automatic.get(author) ?? new Allowance(this.#init.clock, automaticAllowance)
    this.#automatic.set(author, allowance)
    if (!allowance.take(body.size + automaticCost)) return
    const found = this.#init.conversations.get(conversation)
    if (found !== undefined) this.#attempt('A file could not be fetched', this.download(found, message))
  }

  #changedNow(kept: KeptFile, isNow: boolean): void {
    this.#changed.add(kept)
    if (isNow)
      this.#init.clock.defer(() => {
        this.#tell()
      })
    else
      this.#timer ??= this.#init.clock.after(toldEveryMs, () => {
        this.#tell()
      })
  }

  #tell(): void {
    this.#timer?.dispose()
    this.#timer = undefined
    if (this.#parts.isDisposed) return
    const changed = [...this.#changed]
    this.#changed.clear()
    for (const kept of changed) {
      const state = this.#stateOf(kept)
      for (const place of kept.places) this.#onDidChange.fire({ ...place, state })
      // Until it has come to rest: then the last word is that nobody fetches it any more.
      if (state.sending !== undefined) this.#changedNow(kept, false)
    }
  }

  #attempt(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#init.log.error(what, error)
    })
  }
}
