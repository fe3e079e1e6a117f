import type { PersonId } from '../../shared/ids.ts'
import type { MemberRecord } from '../room/memberRecord.ts'
import type { ControlEvent } from '../room/operation.ts'
import type { Room } from './room.ts'

/**
 * Whether all of a room log is here. After damage, and after an older copy was put back, something of it may be lost on
 * this disk: then everybody of whom it says that they were here is looked for, and nothing is said before one of them
 * has given back the rest. What is said without knowing all would undo what this person said before.
 */
export class Wholeness {
  readonly #room: Room
  #known: readonly MemberRecord[] = []

  constructor(room: Room) {
    this.#room = room
  }

  /** Takes in what is held of the room log, and passes it on. */
  read(events: readonly ControlEvent[]): readonly ControlEvent[] {
    const newest = new Map<PersonId, { readonly clock: number; readonly member: MemberRecord }>()
    for (const { content, clock } of events) {
      const member = 'operation' in content && 'member' in content.operation ? content.operation.member : undefined
      if (member === undefined || clock < (newest.get(member.person)?.clock ?? 0)) continue
      newest.set(member.person, { clock, member })
    }
    this.#known = [...newest.values()].map(({ member }) => member)
    return events
  }

  get isTorn(): boolean {
    const { record, view } = this.#room
    return record.isTorn && (!view.isFounded || this.strays.length > 0)
  }

  /** Whom to look for while the room log is torn: nobody may know here any more who belongs. */
  get strays(): readonly MemberRecord[] {
    const { record, view, self } = this.#room
    return record.isTorn ? this.#known.filter(({ person }) => person !== self && !view.former.has(person)) : []
  }

  /** Whether this person is asked for what was lost. */
  isAskedOf(person: PersonId): boolean {
    return this.isTorn && !this.#room.view.former.has(person)
  }
}
