import * as vscode from 'vscode'
import type { Conversation } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { presenceWords } from '../rooms/roomLook.ts'
import { safeName } from '../text/safeName.ts'

/** Lets the user choose a conversation, among those that fit. `undefined`: none chosen, or there is none (the user has been told). */
export async function pickConversation(
  model: ChatModel,
  placeHolder: string,
  fits: (conversation: Conversation) => boolean = () => true,
): Promise<Conversation | undefined> {
  const conversations = (await model.request('conversation/list', {})).filter(fits)
  if (conversations.length === 0) {
    await sayThereAreNone()
    return undefined
  }
  const items = conversations.map((conversation) => ({ ...conversationItem(conversation), conversation }))
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true })
  return picked?.conversation
}

/** Tells the user that there is no conversation, and offers what makes one. */
export async function sayThereAreNone(): Promise<void> {
  const invite = vscode.l10n.t('Invite Somebody…')
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('You have no conversations yet.'), invite)
  if (answer === invite) await vscode.commands.executeCommand('tincan.invite')
}

/** How a list of choices shows a conversation. */
export function conversationItem(conversation: Conversation): vscode.QuickPickItem {
  return {
    label: `$(${iconOf(conversation)}) ${safeName(conversation.title)}`,
    description: presenceOf(conversation),
  }
}

function iconOf({ room, online, isSelf }: Conversation): string {
  if (isSelf === true) return 'note'
  if (room !== undefined) return 'organization'
  return online ? 'circle-filled' : 'circle-outline'
}

function presenceOf({ room, online, isSelf }: Conversation): string {
  if (isSelf === true) return vscode.l10n.t('only on this computer')
  if (room !== undefined) return presenceWords(room, vscode.l10n)
  return online ? vscode.l10n.t('online') : vscode.l10n.t('offline, will be delivered later')
}
