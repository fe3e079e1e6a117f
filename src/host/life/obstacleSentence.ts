import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { Obstacle } from './nodeTypes.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** Why this window has no chat though another one has, and what helps. */
export function obstacleSentence(why: Obstacle, l10n: L10n): string {
  switch (why) {
    case 'leader-locked':
      return l10n.t(
        'It is not set up or unlocked there yet. Do that in the other window, and this one joins in by itself; or close the other one and do it here.',
      )
    case 'no-key':
      return l10n.t(
        'This window does not have the secret that unlocks your identity, so it cannot join in. Use Tincan there, or close the other window and enter your recovery phrase here.',
      )
    case 'version':
      return l10n.t('The other window runs another version of Tincan. Reload both, so that they run the same.')
    case 'crowded':
      return l10n.t('Too many windows are open. Close one, and this one joins in by itself.')
    case 'unreachable':
      return l10n.t('It cannot be reached from here. Use it there, or close it and Tincan opens here by itself.')
    default:
      return assertNever(why)
  }
}
