import type { Event } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { ContactDevice } from './contactRecord.ts'

/** Somebody who is called and may call. */
export interface Reachable {
  readonly person: Uint8Array
  readonly devices: readonly ContactDevice[]
  /** How much later this person's clock runs than ours, as of its last hello; may be negative. */
  readonly skewMs: number
}

/** Everybody with whom this device has links. */
export interface Reachables {
  /** Who may call. */
  readonly admitted: Iterable<Reachable>
  /** Who is called, each with the devices that are. */
  readonly called: Iterable<Reachable>
  get(person: PersonId): Reachable | undefined
  /** People came or went, or changed their devices or addresses. */
  readonly onDidChange: Event<void>
}
