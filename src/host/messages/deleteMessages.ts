import * as vscode from 'vscode'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** Says what that does and what it does not, and removes messages from this device. `false`: the user did not want it. */
export async function hideMessages(
  model: Pick<ChatModel, 'request' | 'snapshot'>,
  conversation: ConversationId,
  messages: readonly MessageId[],
): Promise<boolean> {
  const isSelf = model.snapshot.conversations.find(({ id }) => id === conversation)?.isSelf === true
  const isOne = messages.length === 1
  const question = isOne
    ? vscode.l10n.t('Delete this message for yourself?')
    : vscode.l10n.t('Delete {0} messages for yourself?', messages.length)
  if (!(await isConfirmed(question, whoKeeps(isSelf, isOne), vscode.l10n.t('Delete for Me')))) return false
  await model.request('message/hide', { conversation, messages })
  return true
}

function whoKeeps(isSelf: boolean, isOne: boolean): string {
  if (isSelf)
    return isOne
      ? vscode.l10n.t('It leaves this computer for good. Nobody else has it.')
      : vscode.l10n.t('They leave this computer for good. Nobody else has them.')
  return isOne
    ? vscode.l10n.t('It is removed from this device. The others keep it.')
    : vscode.l10n.t('They are removed from this device. The others keep them.')
}

/** Likewise removes the content of messages from every device that hears of it. */
export async function eraseMessages(
  model: Pick<ChatModel, 'request'>,
  conversation: ConversationId,
  messages: readonly Message[],
): Promise<boolean> {
  const isOne = messages.length === 1
  const question = isOne
    ? vscode.l10n.t('Delete this message for everybody?')
    : vscode.l10n.t('Delete {0} messages for everybody?', messages.length)
  const detail = isOne
    ? vscode.l10n.t(
        'Its content is removed from every device that hears of it, and its place says that it was deleted. Who is away hears of it later. What somebody has read or copied stays with them.',
      )
    : vscode.l10n.t(
        'Their content is removed from every device that hears of it, and their places say that they were deleted. What somebody has read or copied stays with them.',
      )
  if (!(await isConfirmed(question, detail, vscode.l10n.t('Delete for Everybody')))) return false
  for (const { id, erasedBy } of messages)
    if (erasedBy === undefined) await model.request('message/erase', { conversation, message: id })
  return true
}

async function isConfirmed(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes
}
