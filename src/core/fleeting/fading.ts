import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { comparePositions, messageIdOf } from '../conversation/messageId.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, emptyRanges, maxRanges } from '../event/ranges.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { fadeMessage } from './fadeMessage.ts'
import type { FleetingBook } from './fleetingBook.ts'
import type { FleetingRecord } from './fleetingRecord.ts'

/** What was read, delivered or written in one go is looked at together. */
const gatherMs = 250
/** The wall clock may jump, and the machine may sleep: it is looked at again no later than this. */
const lookEveryMs = 60_000
/** Messages of one conversation that begin, or end, in one transaction. */
const maxAtOnce = 200
/** In a room somebody may stay away for ever: what some have, and others have not, begins its time after so long. */
export const roomPatienceMs = 7 * 24 * 60 * 60 * 1000

export interface FadingInit {
  readonly conversations: Conversations
  readonly book: FleetingBook
  readonly clock: Clock
  readonly log: Log
  /** What was written about a message and not sent goes with it. */
  readonly drafts: { forget(conversation: ConversationId, message: MessageId): Promise<void> }
}

/** Sees to it that messages which are to disappear do: begins their time, and removes them when it is over. */
export class Fading implements Disposable {
  readonly #init: FadingInit
  readonly #parts = new DisposableStore()
  readonly #timers = new Map<Conversation, { readonly at: number; readonly timer: Disposable }>()
  readonly #busy = new Set<Conversation>()
  /** By the clock that only grows: when a message ends, whatever becomes of the wall clock. */
  readonly #ends = new WeakMap<FleetingRecord, number>()

  constructor(init: FadingInit) {
    this.#init = init
    const { conversations } = init
    for (const conversation of conversations.all) this.#watch(conversation)
    this.#parts.add(
      conversations.onDidAdd((conversation) => {
        this.#watch(conversation)
      }),
    )
  }

  dispose(): void {
    this.#parts.dispose()
    for (const { timer } of this.#timers.values()) timer.dispose()
    this.#timers.clear()
  }

  #watch(conversation: Conversation): void {
    const look = (): void => {
      this.#lookIn(conversation, gatherMs)
    }
    for (const event of [conversation.onDidAdd, conversation.onDidChange, conversation.onDidAcknowledge])
      this.#parts.add(event(look))
    look()
  }

  /** Looks at a conversation in so long, or before, where that was to be. */
  #lookIn(conversation: Conversation, delayMs: number): void {
    if (this.#parts.isDisposed || this.#isEmpty(conversation)) return
    const { clock } = this.#init
    const at = clock.monotonicMs() + delayMs
    const present = this.#timers.get(conversation)
    if (present !== undefined && present.at <= at) return
    present?.timer.dispose()
    const timer = clock.after(delayMs, () => {
      this.#timers.delete(conversation)
      this.#look(conversation)
    })
    this.#timers.set(conversation, { at, timer })
  }

  #look(conversation: Conversation): void {
    if (this.#busy.has(conversation) || this.#isEmpty(conversation)) return
    this.#busy.add(conversation)
    this.#settle(conversation)
      // The committer has logged what the disk refused; it is tried again.
      .catch(() => false)
      .then((isMore) => {
        this.#busy.delete(conversation)
        this.#lookIn(conversation, isMore ? gatherMs : this.#untilNext(conversation))
      })
      .catch((error: unknown) => {
        this.#init.log.error('Messages that are to disappear could not be looked at', error)
      })
  }

  /** Begins and ends what is due. `true`: there is more of it. */
  async #settle(conversation: Conversation): Promise<boolean> {
    const { book, clock } = this.#init
    const records = [...book.in(conversation.record.number)]
    const logs = new Map([...conversation.logs].map((log) => [log.number, log]))
    const now = Math.max(0, clock.now())
    const begun = records.filter((one) => one.begunAt === undefined && this.#hasBegun(conversation, logs, one, now))
    const over = records.filter((one) => this.#isOver(one, now))
    if (begun.length > 0) {
      const some = begun.slice(0, maxAtOnce)
      await conversation.change(() => {
        for (const one of some) book.put({ ...one, begunAt: now })
        return some.map(messageIdOf)
      })
    }
    if (over.length > 0) await this.#end(conversation, over.slice(0, maxAtOnce))
    return begun.length > maxAtOnce || over.length > maxAtOnce
  }

  /** An own message begins when it is delivered, one of somebody else when it is read. */
  #hasBegun(
    conversation: Conversation,
    logs: ReadonlyMap<number, DeviceLog>,
    one: FleetingRecord,
    now: number,
  ): boolean {
    const log = logs.get(one.log)
    if (log === undefined) return false
    const { readUpTo } = conversation.record
    if (!conversation.isOwn(log)) return readUpTo !== undefined && comparePositions(one, readUpTo) <= 0
    const { state, deliveredTo = 0 } = log.delivery.standingOf(one.seq)
    if (state === 'delivered' || one.lifetimeMs === 0) return state === 'delivered'
    const sentAt = deliveredTo > 0 ? conversation.timeline.at(one.log, one.seq)?.sentAt : undefined
    return sentAt !== undefined && now - sentAt >= roomPatienceMs
  }

  #isOver(one: FleetingRecord, now: number): boolean {
    return one.begunAt !== undefined && this.#leftOf(one, now) <= 0
  }

  /** What is left by the wall clock or by the one that only grows, whichever says less; never more than the whole. */
  #leftOf(one: FleetingRecord, now: number): number {
    const byWall = Math.min(one.lifetimeMs, (one.begunAt ?? now) + one.lifetimeMs - now)
    const monotonic = this.#init.clock.monotonicMs()
    const end = this.#ends.get(one) ?? monotonic + byWall
    this.#ends.set(one, end)
    return Math.min(byWall, end - monotonic)
  }

  #untilNext(conversation: Conversation): number {
    const now = this.#init.clock.now()
    let next = lookEveryMs
    for (const one of this.#init.book.in(conversation.record.number))
      if (one.begunAt !== undefined) next = Math.min(next, this.#leftOf(one, now))
    return Math.max(gatherMs, next)
  }

  #isEmpty(conversation: Conversation): boolean {
    for (const _ of this.#init.book.in(conversation.record.number)) return false
    return true
  }

  async #end(conversation: Conversation, over: readonly FleetingRecord[]): Promise<void> {
    const { book } = this.#init
    let own = emptyRanges
    await conversation.takeAway(over.map(messageIdOf), () => {
      own = emptyRanges
      return over.flatMap((one) => {
        const { gone, touched } = fadeMessage(conversation.about, one)
        // What was only hidden here is nobody else's business.
        for (const { log, event } of one.lifetimeMs === 0 ? [] : gone)
          if (log === conversation.own) own = addRange(own, event.seq, event.seq)
        book.delete(one)
        return touched
      })
    })
    for (const one of over) await this.#init.drafts.forget(conversation.id, messageIdOf(one))
    await this.#tell(conversation, own)
  }

  /** Tells the others what of this device's log need not be looked for any more. */
  async #tell(conversation: Conversation, own: Ranges): Promise<void> {
    if (conversation.isSelf) return
    for (let at = 0; at < own.length; at += maxRanges)
      await conversation
        .send({ kind: 'faded', ranges: own.slice(at, at + maxRanges) })
        // Whoever may not write in a room any more leaves the others to look for it.
        .catch(() => undefined)
  }
}
