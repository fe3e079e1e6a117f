import { Comparisons } from '../safety/comparisons.ts'
import type { ComparisonsInit } from '../safety/comparisons.ts'
import type { Log } from '../ports/log.ts'
import type { Engine } from './engine.ts'
import { verify } from './safetyRequests.ts'

/** The live comparisons of an engine: what ends well marks the contact as verified. */
export function createComparisons(
  engine: Pick<Engine, 'links' | 'contacts' | 'conversations'>,
  init: Pick<ComparisonsInit, 'account' | 'clock' | 'random'> & { readonly log: Log },
): Comparisons {
  return new Comparisons({
    ...init,
    linkTo: (person) => engine.links.of(person),
    isContact: (person) => engine.contacts.get(person) !== undefined,
    onSame: (person) => {
      verify(engine, person, true).catch((error: unknown) => {
        init.log.error('A contact could not be kept', error)
      })
    },
  })
}
