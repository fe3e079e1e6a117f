import type { PeerReason } from '../../shared/service.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import type { DialFailure } from '../ports/transport.ts'

/** What a failed dial to a contact says about why there is no link. */
export function peerReasonOf(why: DialFailure, contact: ContactRecord): PeerReason {
  switch (why) {
    case 'not-found':
      return Math.abs(contact.skewMs) > 12 * 60 * 60 * 1000 ? 'clock-wrong' : 'peer-offline'
    case 'refused':
      return 'refused'
    case 'unreachable':
      return 'no-path'
    case 'network':
    case 'aborted':
      return 'network'
  }
}
