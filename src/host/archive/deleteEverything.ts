import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** Says what goes and what stays, lets the user type their name, and deletes everything that Tincan keeps here. */
export async function deleteEverything(model: ChatModel): Promise<void> {
  const identity = await model.request('identity/get', {})
  if (identity === null) throw chatError('no-identity')
  const goOn = vscode.l10n.t('Continue…')
  const detail = [
    vscode.l10n.t('Your identity, its keys, all conversations and everything set aside are deleted on this computer.'),
    vscode.l10n.t('What others have of your messages stays with them, and nobody is told.'),
    vscode.l10n.t('Backups and exported files stay where they are. With the recovery phrase you can come back later.'),
  ].join('\n\n')
  const title = vscode.l10n.t('Delete everything that Tincan keeps here?')
  if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, goOn)) !== goOn) return
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Delete Everything'),
    prompt: vscode.l10n.t('Type your name, {0}, to delete everything for good.', identity.name),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === identity.name ? undefined : vscode.l10n.t('This is not your name.')),
  })
  if (typed === undefined) return
  await model.request('identity/erase', { name: typed.trim() })
  void vscode.window.showInformationMessage(vscode.l10n.t('Everything was deleted. Tincan starts from the beginning.'))
}
