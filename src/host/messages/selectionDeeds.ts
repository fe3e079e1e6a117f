import * as vscode from 'vscode'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { SelectionDeed } from '../../shared/messageProtocol.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { copiedText } from './copiedText.ts'
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
      return hide(model, conversation, ids)
    case 'erase':
      return erase(model, conversation, messages)
  }
}

const timeOf = (at: number): string => new Date(at).toLocaleString(vscode.env.language)

async function hide(model: ChatModel, conversation: ConversationId, messages: readonly MessageId[]): Promise<boolean> {
  const detail = vscode.l10n.t('They are removed from this device. The others keep them.')
  const question = vscode.l10n.t('Delete {0} messages for yourself?', messages.length)
  if (!(await isConfirmed(question, detail, vscode.l10n.t('Delete for Me')))) return false
  await model.request('message/hide', { conversation, messages })
  return true
}

async function erase(model: ChatModel, conversation: ConversationId, messages: readonly Message[]): Promise<boolean> {
  const detail = vscode.l10n.t(
    'Their content is removed from every device that hears of it, and their places say that they were deleted. What somebody has read or copied stays with them.',
  )
  const question = vscode.l10n.t('Delete {0} messages for everybody?', messages.length)
  if (!(await isConfirmed(question, detail, vscode.l10n.t('Delete for Everybody')))) return false
  for (const { id, erasedBy } of messages)
    if (erasedBy === undefined) await model.request('message/erase', { conversation, message: id })
  return true
}

async function isConfirmed(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes
}
