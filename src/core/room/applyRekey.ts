import type { PersonId } from '../../shared/ids.ts'
import { knowsDepartures, type IsBefore } from './departures.ts'
import { deviceHint } from './keyBox.ts'
import type { ControlEvent, Operation } from './operation.ts'
import type { RoomState } from './roomState.ts'
import type { RoomEpoch } from './roomView.ts'

type Rekey = Extract<Operation, { kind: 'rekey' }>

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
  operation: Rekey,
  isBefore: IsBefore,
): boolean {
  const begun = epochOf(event, author, operation, !knowsDepartures(state, event.id, isBefore))
  answer(state, begun.id, begun.hints, begun.earlier)
  const place = state.epochPlaces.get(begun.id)
  const present = place === undefined ? undefined : state.epochs[place]
  if (place === undefined || present === undefined) addEpoch(state, begun)
  else state.epochs[place] = joined(present, begun)
  return present === undefined
}

/** Remembers an epoch begun by somebody who does not belong, and did once. */
export function noteVoidRekey(state: RoomState, event: ControlEvent, operation: Rekey): void {
  const author = state.devices.get(event.device)?.person
  if (author === undefined || state.epochPlaces.has(operation.epoch)) return
  const begun = epochOf(event, author, operation, true)
  const place = state.voidEpochs.findIndex(({ id }) => id === begun.id)
  const present = state.voidEpochs[place]
  if (present === undefined) state.voidEpochs.push(begun)
  else state.voidEpochs[place] = joined(present, begun)
}

function epochOf(
  event: ControlEvent,
  author: PersonId,
  { epoch, earlier, boxes }: Rekey,
  isClosed: boolean,
): RoomEpoch {
  const hints = new Set(boxes.map(({ hint }) => hint))
  return { id: epoch, operation: event.id, author, startedAt: event.sentAt, hints, earlier: new Set(earlier), isClosed }
}

/** An epoch with the boxes of one more operation. */
function joined(present: RoomEpoch, { hints, earlier }: RoomEpoch): RoomEpoch {
  return {
    ...present,
    hints: new Set([...present.hints, ...hints]),
    earlier: new Set([...present.earlier, ...earlier]),
  }
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
