import type { PersonId } from './ids.ts'

/** The first 16 hex digits of a person's key in groups of four: enough to tell two people with one name apart. */
export function shortKey(person: PersonId): string {
  return (person.slice(0, 16).match(/.{4}/g) ?? []).join(' ')
}
