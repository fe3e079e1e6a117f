import * as vscode from 'vscode'
import { messageDeeds } from '../../shared/messageOffers.ts'
import type { Boundary } from '../boundary.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationPanels } from '../view/conversationPanels.ts'
import type { ConversationView } from '../view/conversationView.ts'
import { addressOf, field } from './messageAddress.ts'
import type { MessageKeys } from './messageKeys.ts'
import { runMessageMenu } from './messageMenu.ts'

/** The commands of the context menu of a message, which keys can stand for as well, and the way to the notes to oneself. */
export function registerMessageCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly view: ConversationView
  readonly panels: ConversationPanels
  readonly messageKeys: MessageKeys
}): vscode.Disposable {
  const { boundary, model, shown, view, panels, messageKeys } = init
  const ofMenu = messageDeeds.map((deed) =>
    boundary.command(`tincan.message.${deed}`, async (argument) => {
      const at = addressOf(argument)
      // A key that the user chose says nothing of the message: it is the one that has the keyboard.
      if (at === undefined) {
        messageKeys.press(deed)
        return
      }
      const composing = await runMessageMenu(model, deed, at.conversation, at.message)
      if (composing === undefined) return
      const isInTab = field(argument, 'webview') === 'tincan.conversationEditor'
      if (isInTab) panels.compose(at.conversation, composing, at.message)
      else await view.compose(composing, at.message)
    }),
  )
  return vscode.Disposable.from(
    ...ofMenu,
    boundary.command('tincan.notesToSelf', async () => {
      const { conversation } = await model.request('conversation/self', {})
      await shown.reveal(conversation)
      await view.focusComposer()
    }),
  )
}
