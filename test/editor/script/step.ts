import type { SeatedPerson } from '../harness/person.ts'
import type { World } from '../harness/world.ts'

/** The people of the script, and what they tell each other by other ways than Tincan. */
export interface Cast {
  readonly world: World
  readonly alice: SeatedPerson
  readonly bob: SeatedPerson
  readonly carol: SeatedPerson
  /** What somebody read or copied in one step and needs in a later one. */
  readonly notes: Map<string, string>
}

/** One thing that somebody does, and what all concerned see of it. */
export interface Step {
  /** A sentence with its subject: who does what. */
  readonly name: string
  run(cast: Cast): Promise<void>
}

export const step = (name: string, run: (cast: Cast) => Promise<void>): Step => ({ name, run })

/** What was noted in an earlier step. */
export function noted({ notes }: Cast, what: string): string {
  const found = notes.get(what)
  if (found === undefined) throw new Error(`Nobody noted ${what}`)
  return found
}
