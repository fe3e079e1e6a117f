import * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import { conversationOf } from '../conversations/commandArguments.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { backUp } from './backUp.ts'
import { deleteEverything } from './deleteEverything.ts'
import { exportConversation } from './exportCommand.ts'
import { restoreBackup } from './restoreBackup.ts'

/** The commands that make files of what is here, bring it back, and delete it. */
export function registerArchiveCommands(boundary: Boundary, model: ChatModel): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('tincan.exportConversation', async (argument) => {
      const given = conversationOf(argument)
      const all = await model.request('conversation/list', {})
      const question = vscode.l10n.t('Export which conversation?')
      const found = all.find(({ id }) => id === given) ?? (await pickConversation(model, question))
      if (found !== undefined) await exportConversation(model, found.id, found.title)
    }),
    boundary.command('tincan.backUp', () => backUp(model)),
    boundary.command('tincan.restoreBackup', () => restoreBackup(model)),
    boundary.command('tincan.deleteEverything', () => deleteEverything(model)),
  )
}
