import { homedir } from 'node:os'
import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'

/** How the editor's dialogs find backups. */
export const backupFilters = (): Record<string, string[]> => ({ [vscode.l10n.t('Tincan Backup')]: ['tincan-backup'] })

/** Asks for a place on this machine to write to; `undefined`: none was chosen. Throws `file-failed` for one elsewhere. */
export async function whereTo(name: string, filters: Record<string, string[]>): Promise<vscode.Uri | undefined> {
  const defaultUri = vscode.Uri.joinPath(vscode.Uri.file(homedir()), name)
  return onThisMachine(await vscode.window.showSaveDialog({ defaultUri, filters }))
}

/** Asks for a file of this machine; otherwise as `whereTo`. */
export async function whichFile(title: string, filters: Record<string, string[]>): Promise<vscode.Uri | undefined> {
  const defaultUri = vscode.Uri.file(homedir())
  const chosen = await vscode.window.showOpenDialog({ title, defaultUri, filters, canSelectMany: false })
  return onThisMachine(chosen?.[0])
}

/** Says that a file was written, and shows it where the user wants that. */
export async function showFile(sentence: string, place: vscode.Uri): Promise<void> {
  const show = vscode.l10n.t('Show in Folder')
  const answer = await vscode.window.showInformationMessage(sentence, show)
  if (answer === show) await vscode.commands.executeCommand('revealFileInOS', place)
}

function onThisMachine(place: vscode.Uri | undefined): vscode.Uri | undefined {
  if (place !== undefined && place.scheme !== 'file') throw chatError('file-failed', 'not a file of this machine')
  return place
}
