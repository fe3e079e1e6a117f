import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { JoinFailure } from '../../shared/service.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** Why following somebody's invite came to nothing. */
export function joinFailureSentence(reason: JoinFailure | undefined, l10n: L10n): string {
  switch (reason) {
    case 'invite-expired':
      return l10n.t('The invite you followed has expired. Ask for a new one.')
    case 'invite-used':
      return l10n.t('The invite you followed was used by somebody else. Ask for a new one.')
    case 'invite-revoked':
      return l10n.t('The invite you followed was taken back. Ask for a new one.')
    case 'invite-refused':
      return l10n.t('Whoever invited you declined.')
    case 'link-garbled':
      return l10n.t('The invite link you followed is not complete. Ask for it once more.')
    case undefined:
      return l10n.t('Joining did not work. Ask for a new invite.')
    default:
      return assertNever(reason)
  }
}
