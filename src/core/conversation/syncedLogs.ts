import type { Event } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Ranges } from '../event/ranges.ts'
import type { Run } from '../event/run.ts'
import type { Appended } from './appended.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { StoredRun } from './storeRun.ts'

/** A set of device logs as links see it: the messages of a conversation, or the room log of a room. */
export interface SyncedLogs {
  /** Makes the tokens under which members name it to each other. 32 bytes. */
  readonly syncSecret: Uint8Array
  /** The log that this device writes. */
  readonly own: DeviceLog
  readonly logs: Iterable<DeviceLog>
  /** New events are committed, and one's own flushed, in order of arrival. */
  readonly onDidAppend: Event<Appended>
  /** A log came to belong to it. */
  readonly onDidAddLog: Event<DeviceLog>
  log(device: DeviceId): DeviceLog | undefined
  /** The log of a device of which somebody holds something; `undefined` if nothing of it is wanted here. */
  admit(device: DeviceId): DeviceLog | undefined
  /** Nothing of this log up to this event is asked for; 0 for all of it. */
  floorOf(device: DeviceId): number
  /**
   * Stores a run that a link brought, if it is what its author wrote, at least `written`: `Store.flush` comes before anybody
   * is told that it is held. Rejects only when the disk does.
   */
  ingest(run: Run, source: object): Promise<StoredRun['kind']>
  /** A run of events held, ending at `to`, going down as far as one frame and `from` allow; `undefined` if `to` is not held. */
  readRun(log: DeviceLog, from: number, to: number): Run | undefined
  /** Whether this person wants to know who has what a log says. */
  isFollowed(log: DeviceLog): boolean
  /** Another device's word of what it holds of a log that is followed. */
  acknowledge(log: DeviceLog, device: DeviceId, person: PersonId, claimed: Ranges): void
  /** A link closed: what it was handed and nobody confirmed is queued again. */
  withdraw(link: object): void
  /** How many events the other end of `link`, a device of `person`, holds that are not here. */
  setMissing(link: object, count: number, person: PersonId): void
}
