/** Draws lines for the devices of a person: how far their messages count. */
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Standing } from './limits.ts'
import { lower, noLimits, raise } from './limits.ts'
import type { Cut } from './operation.ts'
import type { RoomState } from './roomState.ts'

/** A device that spoke for the first time stands for its person from the message after `messages` on. */
export function admitDevice(
  state: RoomState,
  device: DeviceId,
  person: PersonId,
  standing: Standing,
  messages: number,
): void {
  const present = state.devices.get(device)?.messages ?? noLimits
  state.devices.set(device, { person, messages: raise(present, messages, standing) })
}

/** Beyond its cut, a device that spoke stands no higher than this. Of one without a cut, everything is beyond. */
export function limitDevice(state: RoomState, device: DeviceId, standing: Standing, cuts: readonly Cut[]): void {
  const present = state.devices.get(device)
  if (present !== undefined)
    state.devices.set(device, { ...present, messages: lower(present.messages, cutOf(device, cuts), standing) })
}

/** The same for all devices of a person. */
export function limitPerson(state: RoomState, person: PersonId, standing: Standing, cuts: readonly Cut[]): void {
  for (const [device, present] of state.devices)
    if (present.person === person) limitDevice(state, device, standing, cuts)
}

/** Beyond their cuts, and beyond all lines drawn so far, the devices of a person have this standing again. */
export function restorePerson(state: RoomState, person: PersonId, standing: Standing, cuts: readonly Cut[]): void {
  for (const [device, present] of state.devices)
    if (present.person === person)
      state.devices.set(device, { person, messages: raise(present.messages, cutOf(device, cuts), standing) })
}

function cutOf(device: DeviceId, cuts: readonly Cut[]): number {
  return cuts.find((cut) => cut.device === device)?.messages ?? 0
}
