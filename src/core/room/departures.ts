/** Whose keys nobody writes under any more, once somebody went. */
import type { OperationId } from './operation.ts'
import type { RoomState } from './roomState.ts'

/** Whether the author of `later` knew `earlier`. */
export type IsBefore = (earlier: OperationId, later: OperationId) => boolean

/**
 * Somebody went, or a device, or was let in without the right: every epoch begun so far is closed, as whoever is out may
 * hold its key.
 */
export function depart(state: RoomState, departure: OperationId, isBefore: IsBefore): void {
  state.epochs.forEach((epoch, place) => {
    if (!epoch.isClosed) state.epochs[place] = { ...epoch, isClosed: true }
  })
  // Who knew of this one knew of those that it came after.
  state.departures = [...state.departures.filter((earlier) => !isBefore(earlier, departure)), departure]
}

/**
 * Whether the author of a new epoch knew of everybody who had gone. The key of one who did not is no use, though nobody
 * who went has a box: others who do not know either may hand it to them, as to somebody who came in meanwhile.
 */
export function knowsDepartures({ departures }: RoomState, rekey: OperationId, isBefore: IsBefore): boolean {
  return departures.every((departure) => isBefore(departure, rekey))
}
