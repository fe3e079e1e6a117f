import type { MessageId, PersonId } from '../../shared/ids.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import { hash } from '../crypto/primitives.ts'
import type { EventBody } from '../event/event.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { sealEvent } from '../event/storedEvent.ts'
import type { EventPart } from '../ports/store.ts'
import type { RelationContext, Relations, Said } from './relations.ts'

/** After a change of the room, so many erasures are looked at again. */
const maxReconsidered = 500

/** That a message, or what changed it, is to be gone. */
export interface Erasure {
  readonly by: PersonId
  /** What is left of it: a line that says so, or nothing where it only changed one. */
  readonly part: 'line' | 'about'
}

/** Takes messages back: their content leaves the disk, their place in the chain stays. */
export class Erasures {
  readonly #context: RelationContext
  readonly #relations: Relations
  #hasOwn: boolean

  constructor(context: RelationContext, relations: Relations) {
    this.#context = context
    this.#relations = relations
    this.#hasOwn = this.#hasSome()
  }

  /** Anything in this conversation may have been taken back. */
  get hasAny(): boolean {
    return this.#hasOwn || this.#context.tie()?.hasErasures === true
  }

  /** An author takes something back, as is on disk now. */
  noted(): void {
    this.#hasOwn = true
  }

  /** Reads memory anew from the store. */
  restore(): void {
    this.#hasOwn = this.#hasSome()
  }

  /** Whether an event of this author was taken back, by itself or by whoever may. */
  of(message: MessageId, author: PersonId): Erasure | undefined {
    if (!this.hasAny) return undefined
    const body = this.#relations.newest(message, 'erase', author)?.body
    if (body?.kind === 'erase') return { by: author, part: body.message === message ? 'line' : 'about' }
    return this.#context.tie()?.erasureOf(message, author)
  }

  /** Without its content, if it was taken back. Of one that came without and was not, only its place is known. */
  settle(event: StoredEvent, author: PersonId): StoredEvent {
    const erasure = this.hasAny ? this.of(messageIdOf(event), author) : undefined
    if (erasure !== undefined) return { ...event, body: erased(event.body), part: erasure.part }
    return event.body.kind === 'erased' ? { ...event, part: 'lacking' } : event
  }

  /** Without its content, and never shown: what it is about is gone from this device already. */
  settleGone(event: StoredEvent): StoredEvent {
    return { ...event, body: erased(event.body), part: 'hidden' }
  }

  /** Removes the content of what is held here and was taken back, inside a transaction of the caller. Says what changed. */
  apply(messages: readonly MessageId[]): MessageId[] {
    return messages.filter((message) => {
      const said = this.#relations.find(message)
      if (said === undefined) return false
      const { log, event } = said
      const erasure = this.of(message, log.personId)
      if (erasure === undefined) return false
      if (event.body.kind === 'erased' && event.part !== 'lacking') return false
      this.remove(said, event.part === 'hidden' ? 'hidden' : erasure.part)
      log.fill(event.seq)
      return true
    })
  }

  /** Does what was to be done and could not yet be, because the room knew too little. */
  reconsider(): MessageId[] {
    const told = this.#relations
      .ofAll('erase', undefined, maxReconsidered)
      .flatMap(({ body }) => (body.kind === 'erase' ? [body] : []))
    const named = told.flatMap(({ message, edits }) => [message, ...edits])
    return this.apply([...named, ...(this.#context.tie()?.erasedMessages ?? [])])
  }

  /** Removes the content of an event from the disk. */
  remove(said: Said, part: EventPart): void {
    const { store, vault, number } = this.#context
    const { log, event } = said
    this.#relations.remove(said)
    store.scrub()
    const row = sealEvent(vault, number, log.number, { ...event, body: erased(event.body), part })
    store.replaceEvent(log.number, event.seq, row.sealed, part)
  }

  #hasSome(): boolean {
    const { names } = this.#relations
    return this.#context.store.readSlot(names.conversation, names.slot('erase'), undefined, 1).length > 0
  }
}

function erased(body: EventBody): EventBody {
  return body.kind === 'erased' ? body : { kind: 'erased', length: body.bytes.length, hash: hash(body.bytes) }
}
