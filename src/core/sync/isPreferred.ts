import type { DeviceId } from '../../shared/ids.ts'
import type { Link } from '../link/link.ts'

/** From this age on no other dial can have begun before the link was there. */
const uncontestedAfterMs = 20_000

/**
 * Whether a new link takes the place of the present one to the same device. Both sides come to the same answer: a
 * restarted peer's link; one that replaces a link from long before the peer dialled, so that it must have lost that; the
 * newer of one dialler; else that of the smaller device key.
 */
export function isPreferred(link: Link, present: Link, own: DeviceId): boolean {
  if (link.peer.incarnation !== present.peer.incarnation || present.ageMs > uncontestedAfterMs) return true
  if (link.connection.isInitiator === present.connection.isInitiator) return true
  return link.connection.isInitiator === own < link.peer.device
}
