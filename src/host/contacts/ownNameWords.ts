import type * as vscode from 'vscode'
import type { Member } from '../../shared/service.ts'
import { safeName } from '../text/safeName.ts'

/** What somebody calls themselves, where this user calls them otherwise; empty where not. */
export const ownNameWords = ({ ownName }: Pick<Member, 'ownName'>, l10n: Pick<typeof vscode.l10n, 't'>): string =>
  ownName === undefined ? '' : l10n.t('calls themselves {0}', safeName(ownName))
