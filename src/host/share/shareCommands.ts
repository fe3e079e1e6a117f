import * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import { conversationOf } from '../conversations/commandArguments.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { LastEditor } from '../selection/lastEditor.ts'
import { testSubject } from './menuArguments.ts'
import { createPreviews } from './previews.ts'
import { registerProblemActions } from './problemActions.ts'
import { createShareDesk } from './shareDesk.ts'
import { createShareSources } from './shareSources.ts'
import { draftOfTest } from './sources/testFailure.ts'

/** The commands that share something, for the palette and for the menus of what they share. */
export function registerShareCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly editor: LastEditor
}): vscode.Disposable {
  const { boundary, editor } = init
  const previews = createPreviews()
  const desk = createShareDesk({ ...init, previews })
  const sources = createShareSources(editor)
  return vscode.Disposable.from(
    previews,
    registerProblemActions(),
    ...sources.map(({ command, draft }) => boundary.command(command, async (...args) => desk.share(await draft(args)))),
    boundary.command('tincan.shareTestCode', async (argument) => desk.share(await draftOfTest(testSubject(argument)))),
    boundary.command('tincan.share', async (argument) => {
      const items = sources.map(({ icon, label, detail, draft }) => ({ label: `$(${icon}) ${label}`, detail, draft }))
      const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Share what?') })
      if (picked !== undefined) await desk.share(await picked.draft([]), conversationOf(argument))
    }),
  )
}
