import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Boundary } from '../boundary.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { wantsNotifications } from '../settings.ts'
import { safeName } from '../text/safeName.ts'
import { createNoticeLimiter } from './noticeLimiter.ts'

/** Says that somebody wrote, never what, while the user is in another window. */
export function registerMessageNotices(model: ChatModel, boundary: Boundary, shown: OpenConversation): Disposable {
  const limiter = createNoticeLimiter(() => performance.now())
  return model.on('message/added', ({ conversation, message }) => {
    if (message.state !== 'received' || message.body.kind === 'notice') return
    if (vscode.window.state.focused || !wantsNotifications() || !limiter.admit(conversation)) return
    const title = model.snapshot.conversations.find(({ id }) => id === conversation)?.title ?? ''
    void boundary.run('a notification', async () => {
      const open = vscode.l10n.t('Open')
      const choice = await vscode.window.showInformationMessage(
        vscode.l10n.t('New message from {0}', safeName(title)),
        open,
      )
      if (choice === open) await shown.reveal(conversation)
    })
  })
}
