import { splitWords } from './words.ts'

/** Words in a row. Of a beginning (`isPrefix`) the last one may go on. */
export interface Phrase {
  readonly words: readonly string[]
  readonly isPrefix: boolean
}

/** What a message may hold beside words. */
export type Content = 'code' | 'file' | 'link'

/** A day, a month or a year of the calendar. */
export interface Period {
  readonly year: number
  /** 1 to 12. */
  readonly month?: number
  /** 1 to 31. */
  readonly day?: number
}

/** What somebody looks for. All of it must hold; of the phrases of one term, and the names of one field, any. */
export interface Search {
  readonly terms: readonly (readonly Phrase[])[]
  readonly from: readonly string[]
  readonly in: readonly string[]
  readonly has: readonly Content[]
  readonly dates: readonly { readonly side: 'before' | 'after' | 'on'; readonly period: Period | RelativeDay }[]
}

/** A day counted from today: 0 is today, -1 yesterday. */
export type RelativeDay = number

/** As much of what was typed is read. */
const maxQueryLength = 1024
/** The most terms, and the most names, dates and contents together; what is beyond makes no difference. */
const maxTerms = 16
const maxFilters = 16

/** A word, a field with its value, or something in quotes, of which the last may be open. */
const token = /(?:(from|in|has|before|after|on):)?(?:"([^"]*)(?:"|$)|(\S+))/giu

/**
 * Reads what was typed into a search. Whatever it is, it means something: a quote that is not closed lasts to the end, a
 * field without a sensible value is a word like any other, and so is all that other programs take for operators. The last
 * word is a beginning unless white space follows it; so is any word before a `*`.
 */
export function parseSearch(query: string): Search {
  const typed = query.slice(0, maxQueryLength)
  const search = {
    terms: [] as Phrase[][],
    from: [] as string[],
    in: [] as string[],
    has: [] as Content[],
    dates: [] as Search['dates'][number][],
  }
  let filters = 0
  for (const match of typed.matchAll(token)) {
    const field = match[1]?.toLowerCase()
    const value = match[2] ?? match[3] ?? ''
    if (field !== undefined && filters < maxFilters && addFilter(search, field, value)) {
      filters++
      continue
    }
    const isQuoted = match[2] !== undefined && field === undefined
    const isLast = match.index + match[0].length === query.length
    const isPrefix = value.endsWith('*') || (isLast && !(isQuoted && match[0].endsWith('"')))
    const term = termOf(isQuoted ? value : match[0], isPrefix)
    if (term.length > 0 && search.terms.length < maxTerms) search.terms.push(term)
  }
  return search
}

/** Whether anything is looked for at all. */
export function isEmptySearch(search: Search): boolean {
  return [search.terms, search.from, search.in, search.has, search.dates].every(({ length }) => length === 0)
}

function addFilter(
  search: { from: string[]; in: string[]; has: Content[]; dates: Search['dates'][number][] },
  field: string,
  value: string,
): boolean {
  if (value.trim() === '') return false
  switch (field) {
    case 'from':
    case 'in':
      search[field].push(value.trim())
      return true
    case 'has': {
      const content = (['code', 'file', 'link'] as const).find((one) => one === value.toLowerCase())
      if (content !== undefined) search.has.push(content)
      return content !== undefined
    }
    default: {
      const period = parsePeriod(value)
      if (period !== undefined) search.dates.push({ side: field as 'before' | 'after' | 'on', period })
      return period !== undefined
    }
  }
}

/** `2026`, `2026-11`, `2026-11-28`, `today` or `yesterday`; `undefined` for anything else, also for days that no month has. */
export function parsePeriod(value: string): Period | RelativeDay | undefined {
  const word = value.trim().toLowerCase()
  if (word === 'today') return 0
  if (word === 'yesterday') return -1
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(word)
  if (match === null) return undefined
  const [year, month, day] = match.slice(1).map((digits) => (digits as string | undefined) && Number(digits)) as [
    number,
    ...(number | undefined)[],
  ]
  if (month === undefined) return { year }
  if (month < 1 || month > 12) return undefined
  if (day === undefined) return { year, month }
  return day >= 1 && day <= daysOf(year, month) ? { year, month, day } : undefined
}

/** How many days a month has. */
export function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** A word as it was typed means its parts in a row; an identifier also means itself without its capitals. */
function termOf(typed: string, isPrefix: boolean): Phrase[] {
  const { words, wholes } = splitWords(typed)
  if (words.length === 0) return []
  const phrase = { words: words.map(({ text }) => text), isPrefix }
  const [whole] = wholes
  const isIdentifier = wholes.length === 1 && whole?.from === words[0]?.from && whole?.to === words.at(-1)?.to
  return isIdentifier && whole !== undefined ? [phrase, { words: [whole.text], isPrefix }] : [phrase]
}
