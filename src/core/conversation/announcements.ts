import { Emitter } from '../../shared/disposable.ts'
import type { MessageId, PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { mentions } from '../body/mentions.ts'
import { topSeq } from '../event/ranges.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { isLine } from '../ports/store.ts'
import type { Sorted } from '../relation/sorter.ts'
import type { Appended } from './appended.ts'
import { type Backfill, firstPageEvents } from './backfill.ts'
import type { LogBook } from './logBook.ts'
import type { MessageCache } from './messageCache.ts'
import { messageIdOf } from './messageId.ts'
import type { MessageReader } from './messageReader.ts'
import type { RoomTie } from './roomTie.ts'
import type { Timeline } from './timeline.ts'
import type { Unread } from './unread.ts'

/** So many that are not what they were are told message by message. */
const maxRetold = 200

/** What is told is read from here. */
export interface AnnouncedFrom {
  readonly book: LogBook
  readonly reader: MessageReader
  readonly cache: MessageCache
  readonly backfill: Backfill
  readonly timeline: Timeline
  readonly unread: Unread
  readonly tie: RoomTie | undefined
}

/** What came, and what it did. */
export interface Arrival extends Appended {
  /** Messages that are not what they were. */
  readonly touched: readonly MessageId[]
  /** What the events say, where that is at hand. */
  readonly bodies?: Sorted['bodies']
  /** The events come after all that was here. */
  readonly areNewest?: boolean
}

/** Tells of a conversation what came and what changed, once it is committed. */
export class Announcements {
  readonly append = new Emitter<Appended>()
  readonly add = new Emitter<readonly Message[]>()
  readonly changeMessages = new Emitter<readonly Message[]>()
  readonly about = new Emitter<{ readonly author: PersonId; readonly count: number }>()
  readonly remove = new Emitter<readonly Message[]>()
  readonly change = new Emitter<void>()

  /** New events are committed, and one's own flushed. */
  announce(from: AnnouncedFrom, { log, events, source, touched, bodies = [], areNewest = false }: Arrival): void {
    const { book, reader, cache, backfill, unread, tie } = from
    const last = events.at(-1) as StoredEvent
    this.append.fire({ log, events, ...(source && { source }) })
    const isOwn = log === book.own
    const isCounted = (event: StoredEvent): boolean => isLine(event) && tie?.counts(log.deviceId, event.seq) !== false
    const isNewest = last.seq === topSeq(log.ranges)
    // Of a long backfill the newest page, and what is written meanwhile.
    const isTold = isOwn || !backfill.isLong || (isNewest && events.length <= firstPageEvents)
    // The key of what could not be read may have come in the same transaction.
    const bodyOf = (i: number): Sorted['bodies'][number] => (bodies[i]?.kind === 'unreadable' ? undefined : bodies[i])
    const messages = isTold
      ? events.flatMap((event, i) => (isCounted(event) ? [reader.readEvent(log, event, bodyOf(i), areNewest)] : []))
      : []
    cache.added(messageIdOf(last), areNewest ? messages.at(-1) : undefined)
    const isMention = (i: number): boolean => bodies[i] !== undefined && mentions(bodies[i], book.own.personId)
    if (!book.isOwn(log))
      unread.add(
        events.filter(isCounted),
        events.filter((event, i) => isCounted(event) && isMention(i)),
      )
    if (isOwn) cache.addOwn(messages)
    if (messages.length > 0) this.add.fire(messages)
    const count = isTold && !book.isOwn(log) ? events.filter(({ part }) => part === 'about').length : 0
    if (count > 0) this.about.fire({ author: log.personId, count })
    this.retell(from, touched)
    this.change.fire()
  }

  /** Lines about the room are there, and others read otherwise. */
  tellLines(added: readonly Message[], changed: readonly Message[]): void {
    if (added.length > 0) this.add.fire(added)
    if (changed.length > 0) this.changeMessages.fire(changed)
  }

  /** These messages are not what they were. */
  retell({ cache, timeline, unread }: AnnouncedFrom, touched: readonly MessageId[]): void {
    if (touched.length === 0) return
    cache.clear()
    const messages = touched.slice(-maxRetold).flatMap((id) => timeline.get(id) ?? [])
    // Of what was taken back not even the place may have been shown.
    if (messages.some(({ erasedBy }) => erasedBy !== undefined)) unread.recount()
    else if (touched.length > messages.length || messages.some(({ edited }) => edited !== undefined)) unread.remind()
    if (messages.length > 0) this.changeMessages.fire(messages)
  }
}
