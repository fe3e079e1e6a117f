import { chatError } from '../../shared/chatError.ts'
import type { MessageId } from '../../shared/ids.ts'
import { addRange, emptyRanges, type Ranges } from '../event/ranges.ts'
import { sealEvent } from '../event/storedEvent.ts'
import type { EventRow } from '../ports/store.ts'
import type { About } from '../relation/about.ts'
import { messageOf, type Said } from '../relation/relations.ts'
import { maxEdits } from '../../shared/messages.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { LogBook } from './logBook.ts'

/** Removes messages from this device alone, as far as others do not need them from here. */
export class Hiding {
  readonly #context: ConversationContext
  readonly #number: number
  readonly #book: LogBook
  readonly #about: About

  /** `number`: of the conversation's rows. */
  constructor(context: ConversationContext, number: number, book: LogBook, about: About) {
    this.#context = context
    this.#number = number
    this.#book = book
    this.#about = about
  }

  /** Throws `unknown-message` where one of them is none that is shown. */
  check(messages: readonly MessageId[]): void {
    for (const message of messages) {
      const said = this.#about.relations.find(message)
      if (said === undefined || said.event.part === 'about') throw chatError('unknown-message')
    }
  }

  /** Inside a transaction of the caller, who has checked them. */
  hide(messages: readonly MessageId[]): void {
    for (const message of messages) {
      const said = this.#about.relations.find(message)
      if (said === undefined) continue
      for (const place of this.#about.relations.places(message, 'edit', said.log.personId, undefined, maxEdits)) {
        const edit = this.#about.relations.read(place)
        if (edit !== undefined) this.#remove(edit)
      }
      this.#remove(said)
    }
  }

  /** The newest `limit` lines that are shown, oldest first. */
  lines(limit: number): readonly EventRow[] {
    return this.#context.store.readLines(this.#number, undefined, limit)
  }

  /**
   * Takes lines from sight and their content from this disk, with all that was said about them, also what this device has
   * yet to hand over. Inside a transaction of the caller. Says which of the own log that was.
   */
  clear(rows: readonly EventRow[]): Ranges {
    const { relations, erasures } = this.#about
    let unsent = emptyRanges
    for (const row of rows) {
      const said = relations.read(row)
      if (said === undefined) {
        // A line for this device's own user, or one that does not open.
        this.#context.store.replaceEvent(row.log, row.seq, row.sealed, 'hidden')
        continue
      }
      for (const about of relations.everythingAbout(messageOf(said)))
        if (about.body.kind !== 'erase') erasures.remove(about, 'hidden')
      erasures.remove(said, 'hidden')
      const { log, event } = said
      if (this.#book.isOwn(log) && log.delivery.stateOf(event.seq) !== 'delivered')
        unsent = addRange(unsent, event.seq, event.seq)
    }
    return unsent
  }

  /** The content goes, unless this device has yet to hand it over: then it goes from sight, and once it is delivered. */
  #remove(said: Said): void {
    const { log, event } = said
    const isNeeded = this.#book.isOwn(log) && log.delivery.stateOf(event.seq) !== 'delivered'
    if (!isNeeded) {
      this.#about.erasures.remove(said, 'hidden')
      return
    }
    const { vault, store, records } = this.#context
    const row = sealEvent(vault, this.#number, log.number, { ...event, part: 'hidden' })
    store.replaceEvent(log.number, event.seq, row.sealed, 'hidden')
    const { seq, clock, id } = event
    const place = { conversation: this.#number, log: log.number, seq, clock, id }
    // One that disappears anyhow goes when it would have.
    if (records.fleeting.get(this.#number, place) === undefined) records.fleeting.put({ ...place, lifetimeMs: 0 })
  }
}
