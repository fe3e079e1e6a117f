import type { PartRefusal, PartResult } from '../../shared/patch/applyFile.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import type { Translate } from '../text/strings.ts'

/** Why a part of a patch is not applied. */
export const refusalWords: Readonly<Record<PartRefusal, ViewString>> = {
  outside: 'patchNotOutside',
  protected: 'patchNotProtected',
  unportable: 'patchNotUnportable',
  'symbolic-link': 'patchNotLink',
  submodule: 'patchNotSubmodule',
  mode: 'patchNotMode',
  binary: 'patchNotBinary',
  'binary-large': 'patchNotBinaryLarge',
  combined: 'patchNotCombined',
  damaged: 'patchNotDamaged',
  'no-match': 'patchNoMatch',
  ambiguous: 'patchAmbiguous',
  'too-costly': 'patchTooCostly',
  missing: 'patchMissing',
  exists: 'patchExists',
  already: 'patchAlready',
  'no-context': 'patchNoContext',
  'too-large': 'patchTooLarge',
  'not-text': 'patchNotText',
  unsaved: 'patchUnsaved',
}

/** What becomes of a part of a patch, or has become of it where it `isDone`. */
export function partWords(t: Translate, part: PartResult, isDone: boolean): string {
  if (part.kind === 'refused') return t(refusalWords[part.reason])
  const isElsewhere = part.moved !== undefined && part.line !== undefined
  if (isElsewhere) return t(isDone ? 'patchDoneAt' : 'patchFitsAt', part.line)
  return t(isDone ? 'patchDone' : 'patchFits')
}
