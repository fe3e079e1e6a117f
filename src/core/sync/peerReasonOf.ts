import type { PeerReason } from '../../shared/service.ts'
import type { Reachable } from '../contact/reachable.ts'
import type { DialFailure } from '../ports/transport.ts'

/** What a failed dial to somebody says about why there is no link. */
export function peerReasonOf(why: DialFailure, { skewMs }: Pick<Reachable, 'skewMs'>): PeerReason {
  switch (why) {
    case 'not-found':
      return Math.abs(skewMs) > 12 * 60 * 60 * 1000 ? 'clock-wrong' : 'peer-offline'
    case 'refused':
      return 'refused'
    case 'unreachable':
      return 'no-path'
    case 'network':
    case 'aborted':
      return 'network'
  }
}
