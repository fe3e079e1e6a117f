import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { AllowanceInit } from '../link/allowance.ts'
import { Allowance } from '../link/allowance.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

/** What somebody may say in one conversation before it counts as a flood: far more than anybody writes, or catches up on. */
export const messageAllowance: AllowanceInit = { burst: 3_000, perSecond: 10 }
/** A flood that goes on is spoken of this often. */
const noticeEveryMs = 60 * 60 * 1000

/** Notices who sends more than anybody can read, and writes a line about it, beside which the view offers to mute. */
export class FloodWatch implements Disposable {
  readonly #clock: Clock
  readonly #log: Log
  readonly #parts = new DisposableStore()
  /** By author; gone with the conversation. */
  readonly #allowances = new WeakMap<Conversation, Map<PersonId, Allowance>>()
  readonly #notedAt = new WeakMap<Conversation, Map<PersonId, number>>()

  constructor(conversations: Conversations, clock: Clock, log: Log) {
    this.#clock = clock
    this.#log = log
    for (const conversation of conversations.all) this.#watch(conversation)
    this.#parts.add(
      conversations.onDidAdd((conversation) => {
        this.#watch(conversation)
      }),
    )
  }

  /** This person floods what is shared in this conversation, with messages or with anything else. */
  note(conversation: Conversation, person: PersonId): void {
    const noted = entryOf(this.#notedAt, conversation)
    const now = this.#clock.monotonicMs()
    if (now - (noted.get(person) ?? -noticeEveryMs) < noticeEveryMs) return
    noted.set(person, now)
    this.#log.warn(`${person.slice(0, 8)} sends more than anybody can read`)
    // The committer has logged what fails; the next flood tries again.
    conversation.addNotice('flooding', person).catch(() => noted.delete(person))
  }

  dispose(): void {
    this.#parts.dispose()
  }

  #watch(conversation: Conversation): void {
    this.#parts.add(
      conversation.onDidHearAbout(({ author, count }) => {
        for (let i = 0; i < count; i++) this.#count(conversation, author)
      }),
    )
    this.#parts.add(
      conversation.onDidAdd((messages) => {
        for (const { author, state, body } of messages)
          if (state === 'received' && body.kind !== 'notice') this.#count(conversation, author)
      }),
    )
  }

  #count(conversation: Conversation, author: PersonId): void {
    const allowances = entryOf(this.#allowances, conversation)
    const allowance = allowances.get(author) ?? new Allowance(this.#clock, messageAllowance)
    allowances.set(author, allowance)
    if (!allowance.take()) this.note(conversation, author)
  }
}

function entryOf<T>(all: WeakMap<Conversation, Map<PersonId, T>>, conversation: Conversation): Map<PersonId, T> {
  const present = all.get(conversation) ?? new Map<PersonId, T>()
  all.set(conversation, present)
  return present
}
