import type { PersonId } from '../../shared/ids.ts'

/** Whether a body, or the wording that an edit gives, mentions a person. */
export function mentions(body: { readonly kind: string; readonly mentions?: unknown }, person: PersonId): boolean {
  const { kind, mentions: people } = body
  return (kind === 'text' || kind === 'edit') && Array.isArray(people) && people.includes(person)
}
