import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationView } from '../view/conversationView.ts'
import { confirmPhrase, showPhrase } from './recoveryPhrase.ts'

/** The commands about who one is, and who others are. */
export function registerIdentityCommands(
  boundary: Boundary,
  model: ChatModel,
  view: ConversationView,
): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('tincan.setUp', () => vscode.commands.executeCommand('tincan.conversation.focus')),
    boundary.command('tincan.rename', () => rename(model)),
    boundary.command('tincan.showPhrase', () => showPhrase(model, view)),
    boundary.command('tincan.confirmPhrase', () => confirmPhrase(model)),
  )
}

async function rename(model: ChatModel): Promise<void> {
  const identity = await model.request('identity/get', {})
  if (identity === null) throw chatError('no-identity')
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Myself'),
    prompt: vscode.l10n.t('The people you talk to see this name.'),
    value: identity.name,
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Enter a name.')
      return utf8Length(value.trim()) > maxNameBytes ? vscode.l10n.t('This name is too long.') : undefined
    },
  })
  if (name !== undefined) await model.request('identity/rename', { name: name.trim() })
}
