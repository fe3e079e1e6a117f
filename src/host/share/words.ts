import * as vscode from 'vscode'
import { maxTextBytes } from '../../shared/service.ts'

/** How many lines a text has, in words. */
export function countLines(text: string): string {
  const count = text.replace(/\n$/, '').split('\n').length
  return count === 1 ? vscode.l10n.t('1 line') : vscode.l10n.t('{0} lines', count)
}

/** Why a text of so many bytes cannot be sent, and what can be. */
export const tooLong = (bytes: number): string =>
  vscode.l10n.t(
    'The selection is too long: {0} KiB, and a message holds {1} KiB. Select less.',
    kibibytes(bytes),
    kibibytes(maxTextBytes),
  )

export const kibibytes = (bytes: number): number => Math.ceil(bytes / 1024)

/** Why nothing can be read from git here. */
export const noRepository = (): string =>
  vscode.l10n.t(
    'No Git repository is open here. Open its folder, and trust it: in Restricted Mode the editor leaves Git switched off.',
  )
