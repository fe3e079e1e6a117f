import type { DeviceId } from '../../shared/ids.ts'
import { concat, idBytes, toHex } from '../codec/bytes.ts'
import { domain, hash } from '../crypto/primitives.ts'

/** Up to so many devices of others, everybody is linked to everybody. */
export const maxMeshDevices = 8

/**
 * With which devices of a room this one keeps links of its own accord. In a small room with all of them. In a larger one
 * the devices stand in a ring, in an order that is the same for everybody and follows from nothing that anybody can
 * choose cheaply, and each keeps links to its successors at the distances 1, 2, 4, 8 and so on (the fingers of Chord,
 * Stoica and others 2001): log2(n) links out and as many in, each event is log2(n) steps from everybody, and whichever
 * device goes, its neighbours are linked around it. In place of one that cannot be reached comes the next in the ring.
 */
export function neighbours(
  room: Uint8Array,
  own: DeviceId,
  others: readonly DeviceId[],
  isReachable: (device: DeviceId) => boolean,
): ReadonlySet<DeviceId> {
  if (others.length <= maxMeshDevices) return new Set(others)
  const ring = [...others]
    .map((device) => ({ device, place: placeOf(room, device) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  const ownPlace = placeOf(room, own)
  const after = ring.findIndex(({ place }) => place > ownPlace)
  const start = after === -1 ? 0 : after
  const chosen = new Set<DeviceId>()
  for (let distance = 1; distance <= ring.length; distance *= 2) {
    // The finger itself stays: it is called ever more rarely while it does not answer.
    for (let step = distance - 1; step < ring.length && step < 2 * distance - 1; step++) {
      const { device } = ring[(start + step) % ring.length] as (typeof ring)[number]
      chosen.add(device)
      if (isReachable(device)) break
    }
  }
  return chosen
}

function placeOf(room: Uint8Array, device: DeviceId): string {
  return toHex(hash(concat(domain('tincan room ring'), room, idBytes(device))))
}
