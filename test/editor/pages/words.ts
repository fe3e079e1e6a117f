import { type ViewString, viewStrings } from '../../../src/shared/viewStrings.ts'

/** What the conversation view says, in English: tests find things by the words that people read. */
export function words(key: ViewString, ...args: readonly (string | number)[]): string {
  return viewStrings[key].replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)] ?? ''))
}
