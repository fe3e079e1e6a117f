import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { showNetwork } from '../network/networkView.ts'
import type { ConversationPanels } from '../view/conversationPanels.ts'
import type { ConversationView } from '../view/conversationView.ts'
import { conversationOf } from './commandArguments.ts'
import type { OpenConversation } from './openConversation.ts'
import { pickConversation } from './pickConversation.ts'

/** The commands about conversations, and the network they run over. */
export function registerConversationCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly view: ConversationView
  readonly panels: ConversationPanels
}): vscode.Disposable {
  const { boundary, model, shown, panels } = init
  const chosen = async (argument: unknown, question: string): Promise<ConversationId | undefined> =>
    conversationOf(argument) ?? (await pickConversation(model, question))?.id

  return vscode.Disposable.from(
    boundary.command('tincan.openConversation', async (argument) => {
      const conversation = await chosen(argument, vscode.l10n.t('Open which conversation?'))
      if (conversation !== undefined) await shown.reveal(conversation)
    }),
    boundary.command('tincan.openInEditor', async (argument) => {
      const question = vscode.l10n.t('Open which conversation in an editor tab?')
      const conversation = conversationOf(argument) ?? shown.current ?? (await pickConversation(model, question))?.id
      if (conversation !== undefined) panels.open(conversation)
    }),
    boundary.command('tincan.focusComposer', () => init.view.focusComposer()),
    boundary.command('tincan.showNetwork', () => showNetwork(model, boundary)),
  )
}
