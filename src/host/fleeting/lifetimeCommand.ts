import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { Boundary } from '../boundary.ts'
import { conversationOf } from '../conversations/commandArguments.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { ConversationPanels } from '../view/conversationPanels.ts'
import { lifetimeChoices, lifetimeWords } from './lifetimeChoices.ts'

/** The command by which messages of a conversation are made to disappear, or to stay. */
export function registerLifetimeCommand(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly panels: ConversationPanels
}): vscode.Disposable {
  const { boundary, model, shown, panels } = init
  return boundary.command('tincan.setLifetime', async (argument) => {
    const question = vscode.l10n.t('Let messages disappear in which conversation?')
    const here = conversationOf(argument) ?? panels.active ?? shown.current
    const conversation = here ?? (await pickConversation(model, question))?.id
    if (conversation !== undefined) await chooseLifetime(model, conversation)
  })
}

async function chooseLifetime(model: ChatModel, conversation: ConversationId): Promise<void> {
  const found = model.snapshot.conversations.find(({ id }) => id === conversation)
  if (found === undefined) return
  const { lifetimeMs: present = 0, title } = found
  const items = lifetimeChoices(present).map((lifetimeMs) => ({
    label: lifetimeMs === 0 ? vscode.l10n.t('Off') : lifetimeWords(lifetimeMs, vscode.env.language),
    ...(lifetimeMs === present && { description: vscode.l10n.t('now') }),
    lifetimeMs,
  }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Disappearing Messages: {0}', safeName(title)),
    placeHolder: vscode.l10n.t(
      'What is written from now on goes so long after it was delivered, or read. Everybody here sees the change.',
    ),
  })
  if (picked !== undefined && picked.lifetimeMs !== present)
    await model.request('conversation/lifetime', { conversation, lifetimeMs: picked.lifetimeMs })
}
