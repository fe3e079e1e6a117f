import { type ViewString, viewStrings } from '../../../src/shared/viewStrings.ts'

/** What the conversation view says, in English: tests find things by the words that people read. */
export function words(key: ViewString, ...args: readonly (string | number)[]): string {
  return viewStrings[key].replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)] ?? ''))
}

const reached = [words('delivered'), words('deliveredAll')]
/** What an own message says once everybody has it; of those who are looking at it, that they have read it. */
export const arrived = new RegExp(
  `^(?:${[...reached, ...reached.map((word) => words('readBySome', word, '\\d+')), words('read'), words('readByAll')].join('|')})$`,
)
