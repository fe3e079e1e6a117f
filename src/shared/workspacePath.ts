/** What a path has to be to lie inside a workspace, and to be shown as what it is. */
import { utf8Length } from './utf8Length.ts'

/** The most UTF-8 bytes of a workspace path. */
export const maxPathBytes = 1024

/**
 * Control characters, line separators and the marks that reorder what follows: with them a shown path or address
 * could read as another one.
 */
const deceptive = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Whether the value can be shown beside other things: one line, of characters that do not pass for others. */
export const isShown = (value: unknown, maxBytes: number): value is string =>
  typeof value === 'string' &&
  value.length <= maxBytes &&
  !/\p{Surrogate}/u.test(value) &&
  !deceptive.test(value) &&
  utf8Length(value) <= maxBytes

/**
 * Whether the value is a path inside a workspace: relative, with forward slashes, each segment a name. Neither
 * absolute (`/a`, `c:/a`) nor able to climb out (`..`).
 */
export function isWorkspacePath(value: unknown): value is string {
  if (!isShown(value, maxPathBytes) || value.includes('\\') || /^[A-Za-z]:/.test(value)) return false
  return value.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
}
