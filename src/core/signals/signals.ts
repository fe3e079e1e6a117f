import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Privacy, Signals as SignalsView } from '../../shared/signals.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Clock } from '../ports/clock.ts'
import type { PrivacySettings } from './privacySettings.ts'
import type { ReadMarkers } from './readMarkers.ts'
import type { Around, Signal } from './signal.ts'
import { Writers } from './writers.ts'

/** That somebody goes on writing is said anew no more often than this. */
export const typingEveryMs = 2_500

export interface SignalsInit {
  readonly conversations: Conversations
  readonly clock: Clock
  readonly privacy: PrivacySettings
  readonly markers: ReadMarkers
  /** Says something to everybody who is linked and shares a conversation. */
  readonly send: (conversation: Conversation, signal: Signal) => void
}

/**
 * Who is writing and how far others have read: told over open links beside the messages, never written into a log, and
 * only as far as this user tells the same of itself.
 */
export class Signals implements Disposable {
  readonly #init: SignalsInit
  readonly #writers: Writers<Conversation>
  /** Where this user is writing: when that was said last. */
  readonly #ownTyping = new Map<Conversation, number>()
  readonly #parts = new DisposableStore()

  constructor(init: SignalsInit) {
    this.#init = init
    this.#writers = new Writers(init.clock, (conversation) => {
      conversation.touch()
    })
    for (const conversation of init.conversations.all) this.#watch(conversation)
    this.#parts.add(
      init.conversations.onDidAdd((conversation) => {
        this.#watch(conversation)
      }),
    )
    this.#parts.add(
      init.privacy.onDidChange((privacy) => {
        this.#onPrivacy(privacy)
      }),
    )
  }

  /** This user is writing, or has stopped. */
  write(conversation: Conversation, isTyping: boolean): void {
    const { clock, privacy, send } = this.#init
    const saidAt = this.#ownTyping.get(conversation)
    if (!isTyping) {
      if (this.#ownTyping.delete(conversation)) send(conversation, { type: 'typing', isTyping })
      return
    }
    const now = clock.monotonicMs()
    if (!privacy.now.typing || (saidAt !== undefined && now - saidAt < typingEveryMs)) return
    this.#ownTyping.set(conversation, now)
    send(conversation, { type: 'typing', isTyping })
  }

  /** This user has read on. */
  read(conversation: Conversation): void {
    const signal = this.markerOf(conversation)
    if (signal !== undefined) this.#init.send(conversation, signal)
  }

  /** How far this user has read, for whoever came to share a conversation; `undefined` where that is nobody's business. */
  markerOf({ record: { readUpTo } }: Conversation): Signal | undefined {
    if (readUpTo === undefined || !this.#init.privacy.now.readReceipts) return undefined
    return { type: 'read', upTo: readUpTo }
  }

  /** Somebody who shares a conversation said this. */
  receive(conversation: Conversation, person: PersonId, signal: Exclude<Signal, Around>): void {
    const { privacy, markers } = this.#init
    if (signal.type === 'typing') {
      if (!signal.isTyping) this.#writers.end(conversation, person)
      else if (privacy.now.typing) this.#writers.note(conversation, person)
    } else if (privacy.now.readReceipts && markers.note(conversation.id, person, signal.upTo)) conversation.touch()
  }

  /** There is no link to somebody any more. */
  left(person: PersonId): void {
    this.#writers.endAll(person)
  }

  /** What a conversation shows of all this. */
  view(conversation: Conversation): Pick<SignalsView, 'typing' | 'readers'> {
    const typing = this.#writers.at(conversation)
    const readers = this.#init.privacy.now.readReceipts ? this.#init.markers.in(conversation.id) : []
    return { ...(typing.length > 0 && { typing }), ...(readers.length > 0 && { readers }) }
  }

  dispose(): void {
    this.#parts.dispose()
    this.#writers.dispose()
    this.#init.markers.dispose()
  }

  /** Whoever has written what they were writing is done with it. */
  #watch(conversation: Conversation): void {
    this.#parts.add(
      conversation.onDidAdd((messages) => {
        for (const { author } of messages) this.#writers.end(conversation, author)
      }),
    )
  }

  #onPrivacy({ typing }: Privacy): void {
    for (const conversation of this.#init.conversations.all) conversation.touch()
    if (typing) return
    for (const conversation of [...this.#ownTyping.keys()]) this.write(conversation, false)
    this.#writers.clear()
  }
}
