import type { PatchOutcome } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'

/** What somebody did with a patch. */
export const patchOutcome: Readonly<Record<PatchOutcome, ViewString>> = {
  applied: 'patchApplied',
  'partly-applied': 'patchPartlyApplied',
  declined: 'patchDeclined',
}
