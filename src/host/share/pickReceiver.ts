import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { Conversation } from '../../shared/service.ts'
import { conversationItem } from '../conversations/pickConversation.ts'

export interface ReceiverQuestion {
  /** What is shared, for the middle of a title. */
  readonly what: string
  /** The first one is marked: one Enter sends to it. */
  readonly conversations: readonly Conversation[]
  /** What the user has to know before, if anything. */
  readonly warning: string | undefined
  /** Whether the lines around go along; absent where there are none. */
  readonly surroundings?: { readonly isOn: boolean; readonly toggle: () => Promise<void> }
}

/** Asks who gets it, over the preview of it: Enter sends, Escape does not. `undefined`: nobody. */
export function pickReceiver(question: ReceiverQuestion): Promise<ConversationId | undefined> {
  const { what, conversations, warning, surroundings } = question
  const input = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly id: ConversationId }>()
  input.title = vscode.l10n.t('Share {0}', what)
  input.placeholder = warning ?? vscode.l10n.t('Who gets it? Enter sends, Escape cancels.')
  input.matchOnDescription = true
  // The preview behind can be looked at, scrolled and copied from meanwhile.
  input.ignoreFocusOut = true
  input.items = conversations.map((conversation) => ({ ...conversationItem(conversation), id: conversation.id }))
  let isOn = surroundings?.isOn ?? false
  const showButton = (): void => {
    const tooltip = isOn ? vscode.l10n.t('Leave the Lines around It out') : vscode.l10n.t('Add the Lines around It')
    if (surroundings !== undefined)
      input.buttons = [{ iconPath: new vscode.ThemeIcon(isOn ? 'fold' : 'unfold'), tooltip }]
  }
  showButton()
  return new Promise((resolve) => {
    const held = vscode.Disposable.from(
      input,
      input.onDidTriggerButton(() => {
        isOn = !isOn
        showButton()
        void surroundings?.toggle()
      }),
      input.onDidAccept(() => {
        resolve(input.selectedItems[0]?.id)
        input.hide()
      }),
      input.onDidHide(() => {
        resolve(undefined)
        held.dispose()
      }),
    )
    input.show()
  })
}
