import type { MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { Erasures } from './erasures.ts'
import { Faded } from './faded.ts'
import { LifetimeSetting } from './lifetimeSetting.ts'
import { Projection } from './projection.ts'
import { Relations, type RelationContext, type Said } from './relations.ts'
import { Sorter } from './sorter.ts'

/** What messages of a conversation say about others: filed as it comes, put together as it is read. */
export class About {
  readonly relations: Relations
  readonly erasures: Erasures
  readonly sorter: Sorter
  readonly projection: Projection
  /** For how long what is written is kept. */
  readonly lifetime: LifetimeSetting
  readonly #faded: Faded
  readonly #context: RelationContext

  /** `read`: a message as it was written. */
  constructor(context: RelationContext, read: (said: Said) => Message) {
    this.#context = context
    this.relations = new Relations(context)
    this.erasures = new Erasures(context, this.relations)
    this.projection = new Projection(this.relations, this.erasures, read)
    this.lifetime = new LifetimeSetting(context, this.relations)
    this.#faded = new Faded(this.relations)
    const { relations, erasures, lifetime } = this
    this.sorter = new Sorter(context, { relations, erasures, lifetime, faded: this.#faded })
  }

  /** Something waits for what the room, or another event, has to say. */
  get isOpen(): boolean {
    return this.erasures.hasAny || this.sorter.hasOpen
  }

  /** Does what can be done by now, inside a transaction of the caller. Returns the messages that are not what they were. */
  reconsider(): MessageId[] {
    const sorted = this.sorter.sortOpen((work) => {
      work()
    })
    return [...sorted, ...this.erasures.reconsider()]
  }

  /** Reads memory anew from the store, after a transaction failed. */
  restore(): void {
    this.erasures.restore()
    this.lifetime.restore()
    this.#faded.restore()
    this.#context.records.fleeting.load()
    this.sorter.sortOpen()
  }
}
