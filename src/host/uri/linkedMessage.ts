import * as vscode from 'vscode'
import type { MessageAddress } from '../../shared/messageLink.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { GoTo } from '../view/goTo.ts'

/** Shows the message that a link leads to; says what it is where this user does not have it. */
export async function showLinkedMessage(
  model: Pick<ChatModel, 'request'>,
  goTo: GoTo,
  address: MessageAddress,
): Promise<void> {
  const say = (sentence: string): void => void vscode.window.showInformationMessage(sentence)
  const known = await model.request('conversation/list', {})
  if (!known.some(({ id }) => id === address.conversation)) {
    say(vscode.l10n.t('This link leads to a conversation that you are not part of.'))
    return
  }
  if ((await model.request('message/get', { ...address })) !== null) await goTo({ ...address, marks: [] })
  else say(vscode.l10n.t('This message is not here: it was deleted, or it has not come yet.'))
}
