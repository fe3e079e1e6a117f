import type { PersonId } from '../../shared/ids.ts'
import { knowsDepartures, type IsBefore } from './departures.ts'
import { isSealedToSomebody } from './isSealedToSomebody.ts'
import { deviceHint } from './keyBox.ts'
import type { ControlEvent, Operation } from './operation.ts'
import type { RoomState } from './roomState.ts'
import type { BegunEpoch, RoomEpoch } from './roomView.ts'

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
  const begun = begunBy(event, operation)
  answer(state, begun)
  const place = state.epochPlaces.get(begun.id)
  const present = place === undefined ? undefined : state.epochs[place]
  if (place !== undefined && present !== undefined) {
    state.epochs[place] = { ...present, ...joined(present, begun) }
    return false
  }
  const isClosed = !knowsDepartures(state, event.id, isBefore)
  addEpoch(state, { ...begun, author, startedAt: event.sentAt, isClosed })
  return true
}

/** Remembers an epoch begun by somebody who does not belong, if it was given to somebody who does. */
export function noteVoidRekey(state: RoomState, event: ControlEvent, operation: Rekey): void {
  if (state.epochPlaces.has(operation.epoch) || !isSealedToSomebody(state.members, operation)) return
  const begun = begunBy(event, operation)
  const place = state.voidEpochs.findIndex(({ id }) => id === begun.id)
  const present = state.voidEpochs[place]
  if (present === undefined) state.voidEpochs.push(begun)
  else state.voidEpochs[place] = joined(present, begun)
}

function begunBy({ id }: ControlEvent, { epoch, earlier, boxes }: Rekey): BegunEpoch {
  return { id: epoch, operation: id, hints: new Set(boxes.map(({ hint }) => hint)), earlier: new Set(earlier) }
}

/** An epoch with the boxes of one more operation. */
function joined({ id, operation, ...present }: BegunEpoch, { hints, earlier }: BegunEpoch): BegunEpoch {
  return {
    id,
    operation,
    hints: new Set([...present.hints, ...hints]),
    earlier: new Set([...present.earlier, ...earlier]),
  }
}

/** Members who lacked keys got them with these boxes. */
function answer(state: RoomState, { id, hints, earlier }: BegunEpoch): void {
  for (const [person, member] of state.members) {
    if (!member.lacking.some((one) => earlier.has(one))) continue
    if (!member.record.devices.some(({ device }) => hints.has(deviceHint(id, device)))) continue
    state.members.set(person, { ...member, lacking: member.lacking.filter((one) => !earlier.has(one)) })
  }
}
