import * as vscode from 'vscode'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { SelectionDeed } from '../../shared/messageProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { copiedText } from './copiedText.ts'
import { eraseMessages, hideMessages } from './deleteMessages.ts'
import { forwardMessages } from './forwardMessages.ts'

/** Does something with several messages of a conversation, in their order. `true`: it is done. */
export async function doWithSelected(
  model: ChatModel,
  deed: SelectionDeed,
  conversation: ConversationId,
  ids: readonly MessageId[],
): Promise<boolean> {
  const found = await Promise.all(ids.map((message) => model.request('message/get', { conversation, message })))
  const messages = found.filter((message) => message !== null)
  switch (deed) {
    case 'copy':
      await vscode.env.clipboard.writeText(copiedText(model.snapshot, conversation, messages, timeOf))
      return true
    case 'forward':
      return forwardMessages(model, conversation, messages)
    case 'hide':
      return hideMessages(model, conversation, ids)
    case 'erase':
      return eraseMessages(model, conversation, messages)
  }
}

const timeOf = (at: number): string => new Date(at).toLocaleString(vscode.env.language)
