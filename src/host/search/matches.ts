import type { ConversationId } from '../../shared/ids.ts'
import type { SearchHit } from '../../shared/search.ts'
import type { ChatService } from '../../shared/service.ts'

/** What was looked for, and how far it was gone through: the newest hit is the first. */
export class Matches {
  readonly query: string
  readonly conversation: ConversationId | undefined
  readonly #service: Pick<ChatService, 'request'>
  #hits: readonly SearchHit[] = []
  #next: string | undefined
  #unread = 0
  #index = -1

  constructor(service: Pick<ChatService, 'request'>, query: string, conversation: ConversationId | undefined) {
    this.#service = service
    this.query = query
    this.conversation = conversation
  }

  get hits(): readonly SearchHit[] {
    return this.#hits
  }
  get hasMore(): boolean {
    return this.#next !== undefined
  }
  /** How many messages were not looked through yet when it was asked for last. */
  get unread(): number {
    return this.#unread
  }
  /** The place of the present hit, from 1; 0 before the first. */
  get position(): number {
    return this.#index + 1
  }

  /** The first page, in the place of all that was there. */
  async load(limit: number): Promise<void> {
    const { hits, next, unread } = await this.#service.request('search/messages', {
      query: this.query,
      limit,
      ...(this.conversation && { conversation: this.conversation }),
    })
    this.#hits = hits
    this.#next = next
    this.#unread = unread
  }

  /** The page after the last one; nothing where there is none. */
  async loadMore(limit: number): Promise<void> {
    if (this.#next === undefined) return
    const before = this.#next
    const { hits, next } = await this.#service.request('search/messages', {
      query: this.query,
      limit,
      before,
      ...(this.conversation && { conversation: this.conversation }),
    })
    if (this.#next !== before) return
    this.#hits = [...this.#hits, ...hits]
    this.#next = next
  }

  /** Makes a hit the present one. */
  choose(hit: SearchHit): void {
    this.#index = this.#hits.indexOf(hit)
  }

  /** Goes to the next older hit, or the next newer one; `undefined` at the end. */
  async step(by: 1 | -1, limit: number): Promise<SearchHit | undefined> {
    if (this.#index + by >= this.#hits.length) await this.loadMore(limit)
    const hit = this.#hits[this.#index + by]
    if (hit !== undefined) this.#index += by
    return hit
  }
}
