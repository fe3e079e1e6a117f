import { SimulatedMember, tell } from './simulatedMember.ts'

/** A room of its founder, its first admin, its second admin and a member, who all know all. */
export function roomOfFour(): Record<'ada' | 'bob' | 'cleo' | 'dan', SimulatedMember> {
  const people = {
    ada: new SimulatedMember('Ada', 1),
    bob: new SimulatedMember('Bob', 2),
    cleo: new SimulatedMember('Cleo', 3),
    dan: new SimulatedMember('Dan', 4),
  }
  const { ada, bob, cleo, dan } = people
  ada.found()
  ada.bring(bob, 'admin')
  ada.bring(cleo, 'admin')
  ada.bring(dan)
  tell(ada, bob, cleo, dan)
  return people
}
