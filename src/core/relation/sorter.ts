import type { MessageId } from '../../shared/ids.ts'
import { isAbout } from '../body/aboutBody.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { sealEvent } from '../event/storedEvent.ts'
import type { EventRow, Position } from '../ports/store.ts'
import type { Erasures } from './erasures.ts'
import { openBody, openTelling } from './openBody.ts'
import type { RelationContext, Relations, Said } from './relations.ts'
import { relationsOf } from './relationsOf.ts'

/** Rows that are sorted at a time, each page in a transaction of its own. */
const pageRows = 256
/** Answers to a message that are told of its change. */
const maxAnswers = 50
/** In a longer run nobody watches what each event is answered by. */
const maxWatched = 32

/** What became of events that came. */
export interface Sorted {
  /** As they are to be kept. */
  readonly events: readonly StoredEvent[]
  /** What they say; of many at once only where that is about others. */
  readonly bodies: readonly (Said['body'] | undefined)[]
  /** They come after all that is here: nobody can have said anything about them before. */
  readonly areNewest: boolean
}

/** Tells lines from what is about others, before it is kept, and files the latter. */
export class Sorter {
  readonly #context: RelationContext
  readonly #relations: Relations
  readonly #erasures: Erasures

  constructor(context: RelationContext, relations: Relations, erasures: Erasures) {
    this.#context = context
    this.#relations = relations
    this.#erasures = erasures
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
      if (body !== undefined && body.kind !== 'erase' && event.body.kind === 'sealed')
        this.#relations.add(log, event, body)
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

  /** Sorts what could not be sorted when it came: its key may have come since, or a Tincan that understands it. */
  sortOpen(transact = (work: () => void): void => this.#context.store.transaction(work)): void {
    const { store, number, book } = this.#context
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
      before = rows[0]
      if (before === undefined || rows.length < pageRows) return
    }
  }

  #change({ said: { log, body }, settled }: { readonly said: Said; readonly settled: StoredEvent }): void {
    const { store, vault, number } = this.#context
    if (settled.body.kind === 'sealed') this.#relations.add(log, settled, body)
    else store.scrub()
    if (body.kind === 'erase') this.#erasures.noted()
    const { sealed, part }: EventRow = sealEvent(vault, number, log.number, settled)
    store.replaceEvent(log.number, settled.seq, sealed, part)
    if (body.kind === 'erase') this.#erasures.apply([body.message, ...body.edits])
  }

  #settle(log: DeviceLog, event: StoredEvent, body: Said['body'] | undefined): StoredEvent {
    const settled = this.#erasures.settle(event, log.personId)
    if (body === undefined) return settled
    if (settled.part !== undefined && settled.part !== 'line') return settled
    if (isAbout(body)) return { ...settled, part: 'about' }
    const isOpen = body.kind === 'unreadable' && (body.why === 'key-missing' || body.why === 'newer')
    return isOpen ? { ...settled, part: 'unsorted' } : settled
  }

  /** Of many at once nobody asks what each says. */
  #openAll(log: DeviceLog, events: readonly StoredEvent[]): Sorted['bodies'] {
    const open = events.length > maxWatched ? openTelling : openBody
    return events.map((event) => open(this.#context.epochs, log, event))
  }
}
