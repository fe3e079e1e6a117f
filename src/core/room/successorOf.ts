import type { PersonId } from '../../shared/ids.ts'
import type { MemberStanding } from './roomView.ts'

/** To whom a room goes whose owner leaves: the most senior of the others who may write, admins first. */
export function successorOf(members: ReadonlyMap<PersonId, MemberStanding>, owner: PersonId): PersonId | undefined {
  const others = [...members.values()].filter(({ person, role }) => person !== owner && role !== 'read-only')
  return others.sort((a, b) => a.rank - b.rank)[0]?.person
}
