/** The place where everything is kept: what the service says of it. `service.ts` has the rest. */

/**
 * Why nothing can be kept now:
 * - `full`: the disk, or this user's share of it
 * - `read-only`: the disk or the folder may not be written
 * - `gone`: the folder or a file in it was deleted or replaced
 * - `failing`: the disk reports errors
 */
export type StoreTrouble = 'full' | 'read-only' | 'gone' | 'failing'

/**
 * Why the store was repaired:
 * - `damaged`: bytes of it were changed or lost
 * - `foreign`: it was another identity's
 * - `older`: an earlier copy was put in its place
 * - `missing`: it was not there any more
 */
export type RepairCause = 'damaged' | 'foreign' | 'older' | 'missing'

/** What was done about a store that could not be used as it was. What others hold comes back from them. */
export interface StoreRepair {
  readonly cause: RepairCause
  readonly at: number
  /** The name, in the data folder, of the file that was there before; absent where none was set aside. */
  readonly setAside?: string
  /**
   * How many rooms lost what they need to come back from any member: a contact who is in them gives it back. Where there
   * is none, somebody has to remove this person and invite it again.
   */
  readonly lostRooms?: number
}

export interface StoreState {
  /** While there: nothing is acknowledged, and so nothing can be sent. It is tried again every few seconds. */
  readonly trouble?: StoreTrouble
  /** The last repair, until the user has taken note of it. */
  readonly repair?: StoreRepair
}

type Nothing = Record<string, never>

export interface StoreRequests {
  'store/state': { params: Nothing; result: StoreState }
  /** Tries whether the disk takes what it refused before. */
  'store/retry': { params: Nothing; result: StoreState }
  /** The user has read of the last repair. */
  'store/noted': { params: Nothing; result: null }
}

export interface StoreNotifications {
  'store/changed': StoreState
}
