import type { PersonId } from '../../shared/ids.ts'
import { topSeq } from '../event/ranges.ts'
import type { Cut } from '../room/operation.ts'
import type { Room } from './room.ts'

/** How far this device has seen the logs of a person's devices: what lies beyond is void once that person may not write. */
export function cutsOf({ view, messages }: Room, person: PersonId): Cut[] {
  return [...view.devices].flatMap(([device, standing]) =>
    standing.person === person ? [{ device, messages: topSeq(messages.log(device)?.ranges ?? []) }] : [],
  )
}
