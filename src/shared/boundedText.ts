import { utf8Length } from './utf8Length.ts'

/** Text that UTF-8 carries unchanged, of at most `maxBytes`. */
export function parseText(value: unknown, maxBytes: number): string | undefined {
  if (typeof value !== 'string' || value.length > maxBytes || /\p{Surrogate}/u.test(value)) return undefined
  return utf8Length(value) <= maxBytes ? value : undefined
}

/** A non-empty string of at most `maxLength` UTF-16 units. */
export function parseShort(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= maxLength ? value : undefined
}
