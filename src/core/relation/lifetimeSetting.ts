import { isSaid } from '../../shared/isSaid.ts'
import type { WireBody } from '../body/messageBody.ts'
import type { RelationContext, Relations } from './relations.ts'

/** For how long what is written in a conversation is kept: the same on every machine that holds the same events. */
export class LifetimeSetting {
  readonly #context: RelationContext
  readonly #relations: Relations
  /** Of a direct conversation; `undefined`: to be read. */
  #said: number | undefined

  constructor(context: RelationContext, relations: Relations) {
    this.#context = context
    this.#relations = relations
  }

  /** In milliseconds; 0: for ever. In a direct conversation the newest word holds, in a room what the room says. */
  get ms(): number {
    const tie = this.#context.tie()
    if (tie !== undefined) return tie.lifetimeMs
    if (this.#said !== undefined) return this.#said
    const body = this.#relations.ofAll('lifetime', undefined, 1)[0]?.body
    this.#said = body?.kind === 'lifetime' ? body.lifetimeMs : 0
    return this.#said
  }

  /** A body as it is to be written now: a message carries its own lifetime. */
  stamp(body: WireBody): WireBody {
    if (!isSaid(body)) return body
    const { lifetimeMs: _, ...message } = body
    return this.ms === 0 ? message : { ...message, lifetimeMs: this.ms }
  }

  /** Somebody changed it, as is on disk now; or memory is to be read anew. */
  restore(): void {
    this.#said = undefined
  }
}
