import type { PersonId } from '../../shared/ids.ts'
import { knowsDepartures, type IsBefore } from './departures.ts'
import { deviceHint } from './keyBox.ts'
import type { ControlEvent, Operation } from './operation.ts'
import type { RoomState } from './roomState.ts'
import type { RoomEpoch } from './roomView.ts'

/** Files an epoch under its name. */
export function addEpoch(state: RoomState, epoch: RoomEpoch): void {
  state.epochPlaces.set(epoch.id, state.epochs.length)
  state.epochs.push(epoch)
}

/** Takes up a `rekey`: a new epoch, or more boxes for one that its author began. False for the latter. */
export function applyRekey(
  state: RoomState,
  event: ControlEvent,
  author: PersonId,
  { epoch, earlier, boxes }: Extract<Operation, { kind: 'rekey' }>,
  isBefore: IsBefore,
): boolean {
  const hints = boxes.map(({ hint }) => hint)
  answer(state, epoch, new Set(hints), new Set(earlier))
  const place = state.epochPlaces.get(epoch)
  const present = place === undefined ? undefined : state.epochs[place]
  if (place === undefined || present === undefined) {
    addEpoch(state, {
      id: epoch,
      operation: event.id,
      author,
      startedAt: event.sentAt,
      hints: new Set(hints),
      earlier: new Set(earlier),
      isClosed: !knowsDepartures(state, event.id, isBefore),
    })
    return true
  }
  state.epochs[place] = {
    ...present,
    hints: new Set([...present.hints, ...hints]),
    earlier: new Set([...present.earlier, ...earlier]),
  }
  return false
}

/** Members who lacked keys got them with these boxes. */
function answer(
  state: RoomState,
  epoch: RoomEpoch['id'],
  hints: ReadonlySet<string>,
  earlier: RoomEpoch['earlier'],
): void {
  for (const [person, member] of state.members) {
    if (!member.lacking.some((id) => earlier.has(id))) continue
    if (!member.record.devices.some(({ device }) => hints.has(deviceHint(epoch, device)))) continue
    state.members.set(person, { ...member, lacking: member.lacking.filter((id) => !earlier.has(id)) })
  }
}
