import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Boundary } from '../boundary.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { Conversation, Message } from '../../shared/service.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { isLoud } from './loudness.ts'
import { wantsNotifications } from '../settings.ts'
import { safeName } from '../text/safeName.ts'
import { createNoticeLimiter } from './noticeLimiter.ts'

/**
 * Says that somebody wrote, never what, while the user is in none of their windows. Of those only the one used last says
 * so.
 */
export function registerMessageNotices(
  model: ChatModel,
  life: Pick<ChatLife, 'standing'>,
  boundary: Boundary,
  shown: OpenConversation,
): Disposable {
  const limiter = createNoticeLimiter(() => performance.now())
  return model.on('message/added', ({ conversation, message }) => {
    const from = model.snapshot.conversations.find(({ id }) => id === conversation)
    if (from === undefined || !isLoud(from, message, Date.now())) return
    const { speaks, isAnyFocused } = life.standing
    if (!speaks || isAnyFocused || vscode.window.state.focused || !wantsNotifications()) return
    if (!limiter.admit(conversation)) return
    const sentence = noticeSentence(from, message)
    void boundary.run('a notification', async () => {
      const open = vscode.l10n.t('Open')
      const choice = await vscode.window.showInformationMessage(sentence, open)
      if (choice === open) await shown.reveal(conversation)
    })
  })
}

function noticeSentence({ title, room, members }: Conversation, { author, mentionsSelf }: Message): string {
  if (room === undefined) return vscode.l10n.t('New message from {0}', safeName(title))
  const name = safeName(members.find(({ person }) => person === author)?.name ?? '')
  return mentionsSelf === true
    ? vscode.l10n.t('{0} mentioned you in {1}', name, safeName(title))
    : vscode.l10n.t('New message from {0} in {1}', name, safeName(title))
}
