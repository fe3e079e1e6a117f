import type { UnreadableBody } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'

/** The sentence that stands where a message cannot be read. */
export const whyUnreadable: Readonly<Record<UnreadableBody['why'], ViewString>> = {
  newer: 'unreadableNewer',
  'key-missing': 'unreadableKey',
  damaged: 'unreadableDamaged',
  erased: 'unreadableErased',
  missing: 'unreadableMissing',
}
