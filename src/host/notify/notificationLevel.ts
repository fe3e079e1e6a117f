import * as vscode from 'vscode'
import type { NotificationLevel } from '../../shared/rooms.ts'
import type { Conversation } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { safeName } from '../text/safeName.ts'
import { forever, isMuted } from './loudness.ts'
import { tomorrowMorning } from './tomorrowMorning.ts'

const hourMs = 60 * 60 * 1000

/** Asks what the user wants to be told of a conversation. */
export async function chooseLevel(model: ChatModel, { id, kind, title, notify }: Conversation): Promise<void> {
  const all = { label: vscode.l10n.t('All Messages'), level: 'all' as NotificationLevel }
  const mentions = {
    label: vscode.l10n.t('Mentions Only'),
    detail: vscode.l10n.t('Notifications and the badge tell only of messages that name you.'),
    level: 'mentions' as NotificationLevel,
  }
  const nothing = { label: vscode.l10n.t('Nothing'), level: 'nothing' as NotificationLevel }
  const levels = kind === 'room' ? [all, mentions, nothing] : [all, nothing]
  const items = levels.map((one) => ({ ...one, description: one.level === notify.level ? vscode.l10n.t('now') : '' }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Notifications of {0}', safeName(title)),
    placeHolder: vscode.l10n.t('What should this computer tell you of? Nobody else learns of it.'),
  })
  if (picked !== undefined) await model.request('conversation/notify', { conversation: id, level: picked.level })
}

/** Asks until when nothing is to be told of a conversation, or ends that. */
export async function chooseMute(model: ChatModel, conversation: Conversation): Promise<void> {
  const now = Date.now()
  const { id, title, notify } = conversation
  const morning = tomorrowMorning(now)
  const choices: { label: string; description?: string; until: number | null }[] = [
    { label: vscode.l10n.t('For 1 Hour'), until: now + hourMs },
    {
      label: vscode.l10n.t('Until Tomorrow'),
      description: formatTime(morning, vscode.env.language, now),
      until: morning,
    },
    { label: vscode.l10n.t('Forever'), until: forever },
  ]
  if (isMuted(conversation, now)) choices.unshift({ label: vscode.l10n.t('Unmute'), until: null })
  const until = notify.mutedUntil ?? 0
  const picked = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Mute {0}', safeName(title)),
    placeHolder:
      isMuted(conversation, now) && until < forever
        ? vscode.l10n.t('Muted until {0}', formatTime(until, vscode.env.language, now))
        : vscode.l10n.t('While it is muted you are told of nothing there, not even of mentions.'),
  })
  if (picked !== undefined) await model.request('conversation/notify', { conversation: id, mutedUntil: picked.until })
}
