import type { PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import type { Introduction } from '../invite/introduction.ts'
import type { ContactRecord } from './contactRecord.ts'

/** A contact as it would introduce itself from one of its devices; `undefined` where that is none of its own. */
export function contactIntroduction(
  contact: ContactRecord | undefined,
  deviceId: string,
  nowMs: number,
): Introduction | undefined {
  const device = contact?.devices.find(({ key }) => toHex(key) === deviceId)
  if (contact === undefined || device === undefined) return undefined
  const { person, name, deviceList, skewMs } = contact
  const { key, addressSecret } = device
  const now = Math.max(0, nowMs + skewMs)
  return { person, personId: toHex(person) as PersonId, name, deviceList, device: key, addressSecret, now }
}
