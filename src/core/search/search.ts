import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { SearchHit, SearchRequests } from '../../shared/search.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Clock } from '../ports/clock.ts'
import type { CreateSearchIndex, SearchPlace, SearchQuery } from '../ports/searchIndex.ts'
import { maxAt } from '../ports/searchIndex.ts'
import { spanOf } from './calendar.ts'
import { highlight } from './highlight.ts'
import { isSelf, named } from './named.ts'
import type { Search } from './parseSearch.ts'
import { isEmptySearch, parseSearch } from './parseSearch.ts'
import { SearchIndexer } from './searchIndexer.ts'
import { searchable } from './searchable.ts'
import { authorTag, contentTag, conversationTag } from './tags.ts'

/** Names as this device knows them. */
export interface SearchNames {
  readonly self: () => PersonId
  /** Everybody who may have written something, oneself among them; a person may be named more than once. */
  readonly people: () => Iterable<{ readonly id: PersonId; readonly name: string }>
  readonly conversations: () => Iterable<{ readonly id: ConversationId; readonly name: string }>
}

/** The most places that are looked at for one page: what was hidden since it was found is left out. */
const maxExamined = 1_000

type Params = SearchRequests['search/messages']['params']
type Result = SearchRequests['search/messages']['result']

/** Finds messages by what they say, who wrote them, where and when. */
export class MessageSearch implements Disposable {
  readonly #indexer: SearchIndexer
  readonly #clock: Clock
  readonly #names: SearchNames

  constructor(conversations: Conversations, create: CreateSearchIndex, clock: Clock, names: SearchNames) {
    this.#indexer = new SearchIndexer(conversations, create, clock)
    this.#clock = clock
    this.#names = names
  }

  /** A page of what fits. Whatever the query is, it is answered. `before` that is no place counts as none. */
  async find({ query, conversation, limit, before, complete }: Params): Promise<Result> {
    const index = this.#indexer.open()
    const search = parseSearch(query)
    if (before === undefined) this.#indexer.unlock()
    if (complete === true) await this.#indexer.completed()
    const looked = this.#queryOf(search, conversation)
    const hits: SearchHit[] = []
    let place = before === undefined ? undefined : parsePlace(before)
    let isMore = looked !== undefined
    for (let examined = 0; looked !== undefined && isMore && hits.length < limit && examined < maxExamined;) {
      const wanted = limit - hits.length
      const found = index.find(looked, place, wanted)
      for (const one of found) hits.push(...this.#hitAt(one, search))
      examined += found.length
      place = found.at(-1) ?? place
      isMore = found.length === wanted
    }
    const { unread } = this.#indexer
    return { hits, ...(isMore && place && { next: formatPlace(place) }), unread }
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#indexer.dispose()
  }

  #hitAt(place: SearchPlace, search: Search): SearchHit[] {
    const conversation = this.#indexer.conversationOf(place)
    const message = conversation?.timeline.at(place.log, place.seq)
    // It may have been hidden or erased in this very moment.
    if (conversation === undefined || message === undefined || searchable(message.body) === undefined) return []
    const ranges = 'text' in message.body ? highlight(message.body.text, search.terms) : []
    return [{ conversation: conversation.id, message, ranges }]
  }

  /** `undefined` where nothing can fit. */
  #queryOf(search: Search, conversation: ConversationId | undefined): SearchQuery | undefined {
    if (isEmptySearch(search)) return undefined
    const { from, until } = spanOf(search.dates, this.#clock)
    const tags = [
      ...(conversation === undefined ? [] : [[conversationTag(conversation)]]),
      ...search.in.map((typed) => named(typed, this.#names.conversations()).map(conversationTag)),
      ...this.#authorTags(search.from),
      ...search.has.map((content) => [contentTag(content)]),
    ]
    if (tags.some((any) => any.length === 0)) return undefined
    return { terms: search.terms, tags, from: Math.max(0, from), until: Math.min(maxAt + 1, until) }
  }

  /** Several names are several people, any of whom wrote it. */
  #authorTags(typed: readonly string[]): string[][] {
    if (typed.length === 0) return []
    const meant = (one: string): readonly PersonId[] =>
      isSelf(one) ? [this.#names.self()] : named(one, this.#names.people())
    return [[...new Set(typed.flatMap(meant).map(authorTag))]]
  }
}

const formatPlace = ({ at, log, seq }: SearchPlace): string => [at, log, seq].map((part) => part.toString(16)).join('.')

function parsePlace(text: string): SearchPlace | undefined {
  const [at, log, seq] = text
    .split('.')
    .map((part) => (/^[0-9a-f]{1,13}$/.test(part) ? Number.parseInt(part, 16) : undefined))
  return at === undefined || log === undefined || seq === undefined ? undefined : { at, log, seq }
}
