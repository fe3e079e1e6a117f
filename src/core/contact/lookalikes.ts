import type { PersonId } from '../../shared/ids.ts'
import { nameSkeleton } from '../../shared/nameSkeleton.ts'

/** People whose names cannot be told from another one's by eye. */
export function lookalikes(
  people: readonly { readonly person: PersonId; readonly name: string }[],
): ReadonlySet<PersonId> {
  const bySkeleton = new Map<string, PersonId[]>()
  for (const { person, name } of people) {
    const skeleton = nameSkeleton(name)
    bySkeleton.set(skeleton, [...(bySkeleton.get(skeleton) ?? []), person])
  }
  return new Set([...bySkeleton.values()].filter(({ length }) => length > 1).flat())
}
