import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { showFile, whereTo } from './chooseFile.ts'
import { fileName } from './fileName.ts'

/** Asks in which form and where to, and writes a conversation there, in clear. */
export async function exportConversation(model: ChatModel, conversation: ConversationId, title: string): Promise<void> {
  const forms = [
    {
      label: vscode.l10n.t('Markdown'),
      description: vscode.l10n.t('to be read by people'),
      format: 'markdown' as const,
      extension: 'md',
    },
    {
      label: vscode.l10n.t('JSON'),
      description: vscode.l10n.t('to be read by programs'),
      format: 'json' as const,
      extension: 'json',
    },
  ]
  const form = await vscode.window.showQuickPick(forms, {
    title: vscode.l10n.t('Export Conversation'),
    placeHolder: vscode.l10n.t('The file is not encrypted: whoever has it can read it.'),
  })
  if (form === undefined) return
  const place = await whereTo(`${fileName(title)}.${form.extension}`, { [form.label]: [form.extension] })
  if (place === undefined) return
  const { messages } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting the conversation…') },
    () => model.request('conversation/export', { conversation, format: form.format, path: place.fsPath }),
  )
  const done =
    messages === 1 ? vscode.l10n.t('1 message was exported.') : vscode.l10n.t('{0} messages were exported.', messages)
  await showFile(done, place)
}
