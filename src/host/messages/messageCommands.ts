import * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationPanels } from '../view/conversationPanels.ts'
import type { ConversationView } from '../view/conversationView.ts'
import { addressOf, field } from './messageAddress.ts'
import { takeOffer } from './messageMenu.ts'
import { allOffers } from './messageOffers.ts'

/** The commands of the context menu of a message, and the way to the notes to oneself. */
export function registerMessageCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly view: ConversationView
  readonly panels: ConversationPanels
}): vscode.Disposable {
  const { boundary, model, shown, view, panels } = init
  const ofMenu = allOffers.map((offer) =>
    boundary.command(`tincan.message.${offer}`, async (argument) => {
      const at = addressOf(argument)
      if (at === undefined) return
      const composing = await takeOffer(model, offer, at.conversation, at.message)
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
