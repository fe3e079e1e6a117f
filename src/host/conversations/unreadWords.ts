import type * as vscode from 'vscode'

/** How many messages are unread, in words; empty where none are. */
export const unreadWords = (unread: number, l10n: Pick<typeof vscode.l10n, 't'>): string =>
  unread === 0 ? '' : unread === 1 ? l10n.t('1 unread') : l10n.t('{0} unread', unread)
