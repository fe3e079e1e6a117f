/** Parameters of what finds messages; `params.ts` has the rest. */
import { parseConversationId } from '../../shared/ids.ts'
import type { SearchRequests } from '../../shared/search.ts'
import { maxQueryLength, maxSearchPage } from '../../shared/search.ts'
import type { Fields } from './fields.ts'
import { flag, partial, text, whole, wholeNumber } from './fields.ts'

type Parsers = {
  readonly [M in keyof SearchRequests]: (fields: Fields) => SearchRequests[M]['params'] | undefined
}
type Options = Pick<SearchRequests['search/messages']['params'], 'conversation' | 'before' | 'complete'>

/** The name of a place in a list of hits: numbers. Which ones, is for the search to judge. */
const parsePlaceName = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f.]{1,64}$/.test(value) ? value : undefined

export const searchParsers: Parsers = {
  'search/messages': ({ query, conversation, limit, before, complete }) => {
    const required = whole({ query: text(query, maxQueryLength), limit: wholeNumber(limit, 1, maxSearchPage) })
    const options = partial<Options>({
      conversation: [conversation, parseConversationId(conversation)],
      before: [before, parsePlaceName(before)],
      complete: [complete, flag(complete)],
    })
    return required && options && { ...required, ...options }
  },
  'conversation/atTime': ({ conversation, time }) =>
    whole({
      conversation: parseConversationId(conversation),
      time: wholeNumber(time, 0, Number.MAX_SAFE_INTEGER),
    }),
}
