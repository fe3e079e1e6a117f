import { idBytes } from '../codec/bytes.ts'
import type { Account } from '../identity/account.ts'
import type { Introduction } from '../invite/introduction.ts'
import type { RoomWelcome } from './roomWelcome.ts'

/**
 * Members whom a welcome names besides whoever wrote it, as if each had introduced itself: whoever let this device in may be
 * gone before it has handed on who else belongs.
 */
export function hostsOf({ members }: RoomWelcome, { identity }: Account, nowMs: number): readonly Introduction[] {
  const now = Math.max(0, nowMs)
  return members.flatMap(({ person: personId, name, deviceList, devices }) =>
    devices.flatMap(({ device, addressSecret }) =>
      addressSecret === undefined || personId === identity.person
        ? []
        : [{ person: idBytes(personId), personId, name, deviceList, device: idBytes(device), addressSecret, now }],
    ),
  )
}
