import type { MessageId } from '../../shared/ids.ts'
import { isAbout } from '../body/aboutBody.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { sealEvent } from '../event/storedEvent.ts'
import type { EventRow, Position } from '../ports/store.ts'
import { commonRanges, newestSeqs } from '../event/ranges.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Erasures } from './erasures.ts'
import type { Faded } from './faded.ts'
import type { LifetimeSetting } from './lifetimeSetting.ts'
import { openBody, openTelling } from './openBody.ts'
import type { RelationContext, Relations, Said } from './relations.ts'
import { relationsOf } from './relationsOf.ts'

/** Rows that are sorted at a time, each page in a transaction of its own. */
const pageRows = 256
/** Answers to a message that are told of its change. */
const maxAnswers = 50
/** In a longer run nobody watches what each event is answered by. */
const maxWatched = 32
/** So many events that are looked for in vain are given up at once, by their author's word. */
const maxGivenUp = 1_000

/** What became of events that came. */
export interface Sorted {
  /** As they are to be kept. */
  readonly events: readonly StoredEvent[]
  /** What they say; of many at once only where that is about others. */
  readonly bodies: readonly (Said['body'] | undefined)[]
  /** They come after all that is here: nobody can have said anything about them before. */
  readonly areNewest: boolean
}

export interface SorterParts {
  readonly relations: Relations
  readonly erasures: Erasures
  readonly lifetime: LifetimeSetting
  readonly faded: Faded
}

/** Tells lines from what is about others, before it is kept, and files the latter. */
export class Sorter {
  readonly #context: RelationContext
  readonly #relations: Relations
  readonly #erasures: Erasures
  readonly #lifetime: LifetimeSetting
  readonly #faded: Faded

  constructor(context: RelationContext, { relations, erasures, lifetime, faded }: SorterParts) {
    this.#context = context
    this.#relations = relations
    this.#erasures = erasures
    this.#lifetime = lifetime
    this.#faded = faded
    this.sortOpen()
  }

  /**
   * What checked events are, inside a transaction of the caller, who keeps them and then calls `apply`. `bodies`: what
   * they say, where that is at hand.
   */
  sort(log: DeviceLog, events: readonly StoredEvent[], bodies: Sorted['bodies'] = this.#openAll(log, events)): Sorted {
    const areNewest = (events[0] as StoredEvent).clock > this.#context.book.clock
    // What takes others back comes first: it may be about these very events.
    bodies.forEach((body, i) => {
      if (body?.kind !== 'erase') return
      this.#relations.add(log, events[i] as StoredEvent, body)
      this.#erasures.noted()
    })
    const settled = events.map((event, i) => this.#settle(log, event, bodies[i]))
    settled.forEach((event, i) => {
      const body = bodies[i]
      if (body !== undefined && body.kind !== 'erase' && event.body.kind === 'sealed') this.#file(log, event, body)
    })
    return { events: settled, bodies, areNewest }
  }

  /** The events are on disk: does to others what they say. Returns the messages that are not what they were. */
  apply(log: DeviceLog, { events, bodies, areNewest }: Sorted): MessageId[] {
    const touched = new Set<MessageId>()
    events.forEach((event, i) => {
      if (event.part === 'lacking') log.lack(event.seq)
      const body = bodies[i]
      if (body?.kind === 'erase') this.#erasures.apply([body.message, ...body.edits])
      if (body?.kind === 'faded') this.#giveUp(log, body.ranges)
      for (const { message, slot } of body === undefined ? [] : relationsOf(body)) {
        if (slot === 'reply') continue
        touched.add(message)
        if (slot !== 'thread' && slot !== 'reaction') this.#touchAnswers(message, touched)
      }
      if (!areNewest && events.length <= maxWatched && !(body && isAbout(body)))
        this.#touchAnswers(messageIdOf(event), touched)
    })
    return [...touched]
  }

  /** The messages that answer this one and show what it says. */
  #touchAnswers(message: MessageId, touched: Set<MessageId>): void {
    for (const place of this.#relations.places(message, 'reply', undefined, undefined, maxAnswers))
      touched.add(messageIdOf(place))
  }

  /** Something could not be sorted when it came, or came without its content. */
  get hasOpen(): boolean {
    return this.#context.store.readOpen(this.#context.number, undefined, 1).length > 0
  }

  /**
   * Sorts what could not be sorted when it came: its key may have come since, or a Tincan that understands it. Returns
   * the messages that are not what they were, the newest last.
   */
  sortOpen(transact = (work: () => void): void => this.#context.store.transaction(work)): MessageId[] {
    const { store, number, book } = this.#context
    const sorted: MessageId[] = []
    let before: Position | undefined
    for (;;) {
      const rows = store.readOpen(number, before, pageRows)
      const changes = rows.flatMap((row) => {
        const said = this.#relations.open(row)
        const settled = said && this.#settle(said.log, { ...said.event, part: 'line' }, said.body)
        if (settled?.part === 'lacking') book.byNumber.get(row.log)?.lack(row.seq)
        return said === undefined || settled === undefined || settled.part === row.part ? [] : [{ said, settled }]
      })
      if (changes.length > 0)
        transact(() => {
          for (const change of changes) this.#change(change)
        })
      sorted.unshift(...changes.flatMap(({ said: { event, body } }) => [messageIdOf(event), ...namedBy(body)]))
      before = rows[0]
      if (before === undefined || rows.length < pageRows) return sorted
    }
  }

  #change({ said: { log, body }, settled }: { readonly said: Said; readonly settled: StoredEvent }): void {
    if (settled.body.kind === 'sealed') this.#file(log, settled, body)
    else this.#context.store.scrub()
    if (body.kind === 'erase') this.#erasures.noted()
    this.#replace(log, settled)
    if (body.kind === 'erase') this.#erasures.apply([body.message, ...body.edits])
    if (body.kind === 'faded') this.#giveUp(log, body.ranges)
  }

  #replace(log: DeviceLog, settled: StoredEvent): void {
    const { store, vault, number } = this.#context
    const { sealed, part }: EventRow = sealEvent(vault, number, log.number, settled)
    store.replaceEvent(log.number, settled.seq, sealed, part)
  }

  /** Files what is kept with its content. */
  #file(log: DeviceLog, event: StoredEvent, body: Said['body']): void {
    this.#relations.add(log, event, body)
    if (body.kind === 'lifetime') this.#lifetime.restore()
    if (body.kind === 'faded') this.#faded.noted(log, body.ranges)
    if (!('lifetimeMs' in body) || body.kind === 'lifetime') return
    const { number: conversation, records } = this.#context
    const place = { conversation, log: log.number, seq: event.seq, clock: event.clock, id: event.id }
    records.fleeting.put({ ...place, lifetimeMs: body.lifetimeMs })
  }

  /** Nobody needs to look for the contents of these events any more. */
  #giveUp(log: DeviceLog, ranges: Ranges): void {
    for (const seq of newestSeqs(commonRanges(log.lacking, ranges), maxGivenUp)) {
      const event = this.#context.book.event(log, seq)
      if (event !== undefined) this.#replace(log, this.#erasures.settleGone(event))
      log.fill(seq)
    }
  }

  #settle(log: DeviceLog, event: StoredEvent, body: Said['body'] | undefined): StoredEvent {
    const settled = this.#erasures.settle(event, log.personId)
    if (settled.part === 'lacking' && this.#faded.has(log, event.seq)) return this.#erasures.settleGone(event)
    if (body === undefined) return settled
    if (settled.part !== undefined && settled.part !== 'line') return settled
    // In a room an operation says for how long messages are kept, by whoever may.
    if (body.kind === 'lifetime' && this.#context.tie() !== undefined) return { ...settled, part: 'about' }
    if (isAbout(body)) return this.#isTooLate(body) ? this.#erasures.settleGone(event) : { ...settled, part: 'about' }
    const isOpen = body.kind === 'unreadable' && (body.why === 'key-missing' || body.why === 'newer')
    return isOpen ? { ...settled, part: 'unsorted' } : settled
  }

  /** What is said of a message that is gone from this device is not to stay here without it. */
  #isTooLate(body: Said['body']): boolean {
    return relationsOf(body).some(({ message, slot }) => {
      if (slot === 'erase') return false
      const event = this.#relations.find(message)?.event
      return event?.part === 'hidden' && event.body.kind === 'erased'
    })
  }

  /** Of many at once nobody asks what each says. */
  #openAll(log: DeviceLog, events: readonly StoredEvent[]): Sorted['bodies'] {
    const open = events.length > maxWatched ? openTelling : openBody
    return events.map((event) => open(this.#context.epochs, log, event))
  }
}

/** The messages that a body changes. */
const namedBy = (body: Said['body']): MessageId[] =>
  relationsOf(body).flatMap(({ message, slot }) => (slot === 'reply' ? [] : [message]))
