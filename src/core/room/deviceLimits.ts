/** Draws lines for the devices of a person: how far their two logs count. */
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Standing } from './limits.ts'
import { lower, noLimits, raise } from './limits.ts'
import type { ControlEvent, Cut } from './operation.ts'
import type { RoomState } from './roomState.ts'

/** The device that spoke stands for its person from this event on, and from the message after `messages` on. */
export function admitDevice(
  state: RoomState,
  { device, seq }: ControlEvent,
  person: PersonId,
  standing: Standing,
  messages: number,
): void {
  const present = state.devices.get(device)
  state.devices.set(device, {
    person,
    control: raise(present?.control ?? noLimits, seq - 1, standing),
    messages: raise(present?.messages ?? noLimits, messages, standing),
  })
}

/** Beyond its cut, a device that spoke stands no higher than this. Of one without a cut, everything is beyond. */
export function limitDevice(state: RoomState, device: DeviceId, standing: Standing, cuts: readonly Cut[]): void {
  const present = state.devices.get(device)
  if (present === undefined) return
  const { control, messages } = cutOf(device, cuts)
  state.devices.set(device, {
    person: present.person,
    control: lower(present.control, control, standing),
    messages: lower(present.messages, messages, standing),
  })
}

export function limitPerson(state: RoomState, person: PersonId, standing: Standing, cuts: readonly Cut[]): void {
  for (const device of devicesOf(state, person)) limitDevice(state, device, standing, cuts)
}

/** Beyond their cuts, and beyond all lines drawn so far, the devices of a person have this standing again. */
export function restorePerson(state: RoomState, person: PersonId, standing: Standing, cuts: readonly Cut[]): void {
  for (const device of devicesOf(state, person)) {
    const present = state.devices.get(device)
    if (present === undefined) continue
    const { control, messages } = cutOf(device, cuts)
    state.devices.set(device, {
      person,
      control: raise(present.control, control, standing),
      messages: raise(present.messages, messages, standing),
    })
  }
}

function devicesOf(state: RoomState, person: PersonId): DeviceId[] {
  return [...state.devices].flatMap(([device, present]) => (present.person === person ? [device] : []))
}

function cutOf(device: DeviceId, cuts: readonly Cut[]): Omit<Cut, 'device'> {
  return cuts.find((cut) => cut.device === device) ?? { control: 0, messages: 0 }
}
