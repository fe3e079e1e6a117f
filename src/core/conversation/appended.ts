import type { StoredEvent } from '../event/storedEvent.ts'
import type { DeviceLog } from './deviceLog.ts'

/** New events in a log of the conversation. */
export interface Appended {
  readonly log: DeviceLog
  /** At least one, ascending. */
  readonly events: readonly StoredEvent[]
  /** The link they came over; absent for one's own. */
  readonly source?: object
}
