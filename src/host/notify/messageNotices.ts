import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Boundary } from '../boundary.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { hasNoticeText, notificationSetting, doMentionsBreakThrough } from '../settings.ts'
import { createFirstSync } from './firstSync.ts'
import { isLoud } from './loudness.ts'
import { createNoticeQueue } from './noticeQueue.ts'
import type { NoticeEntry } from './noticeQueue.ts'
import { noticeSentence } from './noticeSentence.ts'
import type { QuietTimes } from './quietTimes.ts'

/**
 * Says that somebody wrote, and what only where the user wants that, while the user is in none of their windows. Of those
 * only the one used last says so.
 */
export function registerMessageNotices(init: {
  readonly model: ChatModel
  readonly life: Pick<ChatLife, 'standing'>
  readonly boundary: Boundary
  readonly shown: OpenConversation
  readonly quiet: QuietTimes
}): Disposable {
  const { model, life, boundary, shown, quiet } = init
  const now = (): number => performance.now()
  const firstSync = createFirstSync(now)
  const isUserHere = (): boolean => {
    const { speaks, isAnyFocused } = life.standing
    return !speaks || isAnyFocused || vscode.window.state.focused
  }
  const queue = createNoticeQueue({ monotonicMs: now, after }, (entries) => {
    if (!isUserHere()) void boundary.run('a notification', () => tell(entries))
  })

  const tell = async (entries: readonly NoticeEntry[]): Promise<void> => {
    const notices = entries.flatMap(({ conversation, messages }) => {
      const found = model.snapshot.conversations.find(({ id }) => id === conversation)
      // Read in another window meanwhile, it is nothing new.
      const unread = messages.filter(({ id }) => id > (found?.readUpTo ?? ''))
      return found === undefined || unread.length === 0 ? [] : [{ conversation: found, messages: unread }]
    })
    const [first] = notices
    if (first === undefined) return
    const open = vscode.l10n.t('Open')
    const choice = await vscode.window.showInformationMessage(
      noticeSentence(notices, hasNoticeText(), vscode.l10n),
      open,
    )
    if (choice === open) await shown.reveal(first.conversation.id)
  }

  const subscriptions = [
    model.onDidChange(({ conversations, identity }) => firstSync.note(conversations, identity?.kind === 'ready')),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) queue.clear()
    }),
    model.on('message/added', ({ conversation, message }) => {
      const from = model.snapshot.conversations.find(({ id }) => id === conversation)
      if (from === undefined || isUserHere() || firstSync.isUnderWay(from)) return
      const isMention = message.mentionsSelf === true
      const wanted = notificationSetting()
      if (wanted === 'none' || (wanted === 'mentions' && from.room !== undefined && !isMention)) return
      if (quiet.isQuiet && !(isMention && doMentionsBreakThrough())) return
      if (isLoud(from, message, Date.now())) queue.add(conversation, message)
    }),
  ]
  return vscode.Disposable.from(queue, ...subscriptions)
}

function after(delayMs: number, fn: () => void): Disposable {
  const timer = setTimeout(fn, delayMs)
  return { dispose: () => clearTimeout(timer) }
}
