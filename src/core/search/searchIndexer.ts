import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { Message } from '../../shared/service.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, countSeqs, emptyRanges, missingFrom, newestSeqs } from '../event/ranges.ts'
import type { Clock } from '../ports/clock.ts'
import type { CreateSearchIndex, SearchEntry, SearchIndex, SearchPlace } from '../ports/searchIndex.ts'
import { maxAt } from '../ports/searchIndex.ts'
import { searchable } from './searchable.ts'
import { tagsOf } from './tags.ts'
import { splitWords } from './words.ts'

/** How long one slice of reading may take, so that nothing else waits for it. */
const sliceMs = 4
/** Messages of one log that are read and added together. */
const batchMessages = 64
/** The most batches of a slice, on a clock that stands still. */
const maxBatches = 64
/** What is not searched for so long is forgotten: the next search builds it again. */
const idleMs = 30 * 60 * 1000
/** The most messages held, to bound the memory; what is beyond counts as unread. */
export const maxIndexed = 1_000_000

/** A log, and the conversation that it is of. */
interface Indexed {
  readonly conversation: Conversation
  readonly log: DeviceLog
  /** What the index knows of it, in whatever way: as words, or as nothing to be found. */
  done: Ranges
  /** Of those, what could not be read because its key was missing. */
  locked: Ranges
}

/**
 * Keeps an index of everything that can be read, from the first search on: what is there is read in short slices, the
 * newest of each log first; what comes is added, what is erased or hidden is taken out.
 */
export class SearchIndexer implements Disposable {
  readonly #conversations: Conversations
  readonly #create: CreateSearchIndex
  readonly #clock: Clock
  readonly #logs = new Map<number, Indexed>()
  /** Logs that may hold what the index does not know, or the other way round. */
  readonly #dirty = new Set<Indexed>()
  #parts = new DisposableStore()
  #index: SearchIndex | undefined
  #isWorking = false
  #idle: Disposable | undefined
  #waiting: (() => void)[] = []

  constructor(conversations: Conversations, create: CreateSearchIndex, clock: Clock) {
    this.#conversations = conversations
    this.#create = create
    this.#clock = clock
  }

  /** The index as far as it is, which goes on being built; it stays for a while after the last call. */
  open(): SearchIndex {
    this.#idle?.dispose()
    this.#idle = this.#clock.after(idleMs, () => {
      this.close()
    })
    if (this.#index !== undefined) return this.#index
    this.#index = this.#create()
    for (const conversation of this.#conversations.all) this.#watch(conversation)
    this.#parts.add(
      this.#conversations.onDidAdd((conversation) => {
        this.#watch(conversation)
      }),
    )
    return this.#index
  }

  /** How many messages were not looked through yet. */
  get unread(): number {
    let count = 0
    for (const one of this.#dirty) count += countSeqs(missingFrom(one.done, wantedOf(one)))
    return count
  }

  /** Resolves once everything is looked through, as far as the memory allows, or the index was closed. */
  completed(): Promise<void> {
    this.open()
    return this.#isWorking ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve()
  }

  /** Where a place of the index is. */
  conversationOf(place: SearchPlace): Conversation | undefined {
    return this.#logs.get(place.log)?.conversation
  }

  /** Tries what could not be read for want of a key once more. */
  unlock(): void {
    for (const one of this.#logs.values()) {
      if (one.locked.length === 0) continue
      one.done = missingFrom(one.locked, one.done)
      one.locked = emptyRanges
      this.#queue(one)
    }
  }

  /** Forgets everything. */
  close(): void {
    this.#idle?.dispose()
    this.#parts.dispose()
    this.#parts = new DisposableStore()
    this.#index?.close()
    this.#index = undefined
    this.#logs.clear()
    this.#dirty.clear()
    this.#finish()
  }

  dispose(): void {
    this.close()
  }

  #watch(conversation: Conversation): void {
    for (const log of conversation.logs) this.#add(conversation, log)
    this.#parts.add(
      conversation.onDidAddLog((log) => {
        this.#add(conversation, log)
      }),
    )
    this.#parts.add(
      conversation.onDidAppend(({ log }) => {
        this.#add(conversation, log)
      }),
    )
    this.#parts.add(
      conversation.onDidChange(() => {
        // In a room, what counts may have changed.
        for (const log of conversation.logs) this.#add(conversation, log)
      }),
    )
    this.#parts.add(
      conversation.onDidChangeMessages((messages) => {
        for (const message of messages) this.#recheck(conversation, message)
      }),
    )
    this.#parts.add(
      conversation.onDidRemove((messages) => {
        for (const message of messages) this.#recheck(conversation, { ...message, body: gone })
      }),
    )
  }

  #add(conversation: Conversation, log: DeviceLog): void {
    const known = this.#logs.get(log.number)
    const one = known ?? { conversation, log, done: emptyRanges, locked: emptyRanges }
    if (known === undefined) this.#logs.set(log.number, one)
    this.#forgetHidden(one)
    this.#queue(one)
  }

  /** What does not count any more is out at once. */
  #forgetHidden(one: Indexed): void {
    const wanted = wantedOf(one)
    for (const { from, to } of missingFrom(wanted, one.done)) this.#index?.remove(one.log.number, from, to)
    one.done = missingFrom(missingFrom(wanted, one.done), one.done)
  }

  /** A message is not what it was: out at once where nothing of it is left, read again otherwise. */
  #recheck(conversation: Conversation, { device, seq, body }: Message): void {
    const log = conversation.log(device)
    const one = log && this.#logs.get(log.number)
    if (one === undefined) return
    if (searchable(body) === undefined) this.#index?.remove(one.log.number, seq, seq)
    one.done = missingFrom([{ from: seq, to: seq }], one.done)
    this.#queue(one)
  }

  #queue(one: Indexed): void {
    if (missingFrom(one.done, wantedOf(one)).length === 0) return
    this.#dirty.add(one)
    if (this.#isWorking) return
    this.#isWorking = true
    this.#clock.defer(this.#work)
  }

  readonly #work = (): void => {
    const end = this.#clock.monotonicMs() + sliceMs
    for (let batch = 0; batch < maxBatches && this.#clock.monotonicMs() < end; batch++) {
      const [one] = this.#dirty
      const index = this.#index
      if (one === undefined || index === undefined || index.size >= maxIndexed) {
        this.#finish()
        return
      }
      this.#read(one, index)
    }
    this.#clock.defer(this.#work)
  }

  #read(one: Indexed, index: SearchIndex): void {
    // Taking turns, so that the newest of every log is soon there.
    this.#dirty.delete(one)
    const seqs = newestSeqs(missingFrom(one.done, wantedOf(one)), batchMessages)
    const entries = seqs.flatMap((seq) => this.#entry(one, seq) ?? [])
    index.put(entries.sort((a, b) => a.at - b.at))
    for (const seq of seqs) one.done = addRange(one.done, seq, seq)
    if (missingFrom(one.done, wantedOf(one)).length > 0) this.#dirty.add(one)
  }

  #entry(one: Indexed, seq: number): SearchEntry | undefined {
    const message = one.conversation.timeline.at(one.log.number, seq)
    if (message === undefined) return undefined
    const { body, sentAt } = message
    if (body.kind === 'unreadable' && body.why === 'key-missing') one.locked = addRange(one.locked, seq, seq)
    const content = searchable(body)
    if (content === undefined) return undefined
    const { words, wholes } = splitWords(content.text)
    return {
      log: one.log.number,
      seq,
      at: Math.min(sentAt, maxAt),
      words: words.map(({ text }) => text),
      wholes: wholes.map(({ text }) => text),
      tags: tagsOf(one.conversation.id, message.author, content.has),
    }
  }

  #finish(): void {
    this.#isWorking = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

const gone = { kind: 'unreadable', why: 'erased' } as const

/** What of a log is on this disk and counts. */
const wantedOf = ({ conversation, log }: Indexed): Ranges => conversation.timeline.countedOf(log)
