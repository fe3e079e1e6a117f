import { maxNameBytes } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'

export type NameResult =
  | { readonly kind: 'ok'; readonly name: string }
  | { readonly kind: 'refused'; readonly why: 'nameEmpty' | 'nameTooLong' | 'nameControl' }

/** A display name as typed: trimmed, with single spaces; or why it cannot be one. */
export function parseName(typed: string): NameResult {
  const name = typed.replace(/\s+/g, ' ').trim()
  if (name === '') return { kind: 'refused', why: 'nameEmpty' }
  if (/[\p{Cc}\p{Surrogate}\u202A-\u202E\u2066-\u2069]/u.test(name)) return { kind: 'refused', why: 'nameControl' }
  return utf8Length(name) > maxNameBytes ? { kind: 'refused', why: 'nameTooLong' } : { kind: 'ok', name }
}
