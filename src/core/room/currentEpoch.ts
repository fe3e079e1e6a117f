/** Which epoch to write in, and when a new one is due. */
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { deviceHint, type HeldKey } from './keyBox.ts'
import type { EpochId } from './operation.ts'
import type { MemberStanding, RoomEpoch, RoomView } from './roomView.ts'

/** After so long, whoever writes begins a new epoch. */
export const maxEpochAgeMs = 7 * 24 * 60 * 60 * 1000
/** After so many messages under one key, whoever writes begins a new epoch. */
export const maxEpochMessages = 10_000

/**
 * The newest epoch that every device of every member holds and nobody else: the one to write in. `undefined` if there
 * is none, because somebody left, was removed, or came at the same time: then nothing is written before a `rekey`.
 */
export function currentEpoch(view: RoomView): RoomEpoch | undefined {
  return view.epochs.findLast((epoch) => !epoch.isClosed && isForExactly(epoch, view))
}

/** Whether an epoch was used so long or so often that whoever writes next begins a new one. */
export function isWorn(epoch: RoomEpoch, nowMs: number, messages: number): boolean {
  return nowMs - epoch.startedAt > maxEpochAgeMs || messages >= maxEpochMessages
}

/** Whether a device was given the whole key of an epoch when it joined. */
export function wasGiven(epoch: EpochId, { given }: MemberStanding, device: DeviceId): boolean {
  return given?.epoch === epoch && given.device === device
}

function isForExactly(epoch: RoomEpoch, { members }: RoomView): boolean {
  let sealed = 0
  for (const member of members.values())
    for (const { device } of member.record.devices) {
      if (epoch.hints.has(deviceHint(epoch.id, device))) sealed++
      else if (!wasGiven(epoch.id, member, device)) return false
    }
  return sealed === epoch.hints.size
}

/**
 * Whether this device has to begin a new epoch before it writes anything else: none is for all members and them alone,
 * the one that is cannot be opened here, or somebody lacks keys that are held here. `held`: what is held of an epoch.
 */
export function isRekeyDue(view: RoomView, self: PersonId, held: (epoch: EpochId) => HeldKey | undefined): boolean {
  if (view.isDissolved || !view.members.has(self)) return false
  const current = currentEpoch(view)
  if (current === undefined || held(current.id)?.kind !== 'whole') return true
  const isHelp = (epoch: EpochId): boolean => held(epoch) !== undefined
  return [...view.members.values()].some(({ person, lacking }) => person !== self && lacking.some(isHelp))
}
