/** How parameters are taken apart: each field by itself, `undefined` for whatever is not as it should be. */
import { isWellFormed } from '../codec/utf8.ts'

/** Parameters as they come from outside. */
export type Fields = Readonly<Record<string, unknown>>

/** A well-formed text of at most `maxLength` UTF-16 units. */
export function text(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value.length <= maxLength && isWellFormed(value) ? value : undefined
}

/** One of a list of words. */
export function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((word) => word === value)
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A whole number within its bounds. */
export function wholeNumber(value: unknown, least: number, most: number): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined
}

/** The object with every field present, or `undefined` if one is missing. */
export function whole<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T | undefined {
  return Object.values(fields).includes(undefined) ? undefined : (fields as T)
}

/**
 * The object with those fields that were given; `undefined` if one that was given is not right. Each field comes as
 * what was given and what became of it.
 */
export function partial<T extends object>(fields: {
  [K in keyof T]: readonly [given: unknown, parsed: T[K] | undefined]
}): Partial<T> | undefined {
  const result: Record<string, unknown> = {}
  for (const [name, [given, parsed]] of Object.entries<readonly [unknown, unknown]>(fields)) {
    if (given === undefined) continue
    if (parsed === undefined) return undefined
    result[name] = parsed
  }
  return result as Partial<T>
}
