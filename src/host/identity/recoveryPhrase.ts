import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationView } from '../view/conversationView.ts'

/** Shows the words in the Tincan view while they are not confirmed. */
export async function showPhrase(model: ChatModel, view: ConversationView): Promise<void> {
  const { phrase } = await model.request('identity/phrase', {})
  await view.showPhrase(phrase.split(' '))
}

/** Lets the user type the words once, as proof that they are written down; then they are erased from this device. */
export async function confirmPhrase(model: ChatModel): Promise<void> {
  // Asked first, so that a phrase already confirmed is said before somebody types 24 words.
  await model.request('identity/phrase', {})
  const phrase = await vscode.window.showInputBox({
    title: vscode.l10n.t('Confirm the Recovery Phrase'),
    prompt: vscode.l10n.t('Type the 24 words from your paper. Afterwards this device no longer holds them.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      const count = value.trim() === '' ? 0 : value.trim().split(/\s+/).length
      return count === 24 ? undefined : vscode.l10n.t('{0} of 24 words', count)
    },
  })
  if (phrase === undefined) return
  await model.request('identity/confirmPhrase', { phrase: phrase.trim().split(/\s+/).join(' ').toLowerCase() })
  void vscode.window.showInformationMessage(vscode.l10n.t('The recovery phrase is confirmed. Keep the paper safe.'))
}

const mementoKey = 'tincan.phraseReminded'

/** One calm reminder, in the session after the one in which the identity was made, from one of all windows. */
export function registerPhraseReminder(
  model: ChatModel,
  life: Pick<ChatLife, 'leads'>,
  memento: vscode.Memento,
): Disposable {
  let wasThereAtStart: boolean | undefined
  return model.onDidChange(({ identity }) => {
    if (identity === undefined) return
    wasThereAtStart ??= identity.kind === 'ready'
    if (!life.leads || !wasThereAtStart || identity.kind !== 'ready' || !identity.phrasePending) return
    if (memento.get(mementoKey) === identity.identity.person) return
    void memento.update(mementoKey, identity.identity.person)
    void remind()
  })
}

async function remind(): Promise<void> {
  const show = vscode.l10n.t('Show the Words')
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Your Tincan recovery phrase is not written down yet. Without it nobody can restore your identity.'),
    show,
  )
  if (answer === show) await vscode.commands.executeCommand('tincan.showPhrase')
}
