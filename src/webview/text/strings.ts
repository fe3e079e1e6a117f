import { viewStrings } from '../../shared/viewStrings.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { isolate } from './isolate.ts'

/** Fills a sentence's `{0}`, `{1}` … */
export type Translate = (key: ViewString, ...args: readonly (string | number)[]) => string

/** Reads sentences from `table`, and in English where the table lacks one. */
export function createTranslate(table: Readonly<Record<string, string>>): Translate {
  return (key, ...args) => {
    const translated = Object.hasOwn(table, key) ? table[key] : undefined
    const sentence = typeof translated === 'string' && translated !== '' ? translated : viewStrings[key]
    return sentence.replace(/\{(\d)\}/g, (placeholder, index: string) => {
      const arg = args[Number(index)]
      if (arg === undefined) return placeholder
      return typeof arg === 'number' ? String(arg) : isolate(arg)
    })
  }
}
