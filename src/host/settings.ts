import * as vscode from 'vscode'
import type { Log } from '../core/ports/log.ts'
import type { ChatLife } from './life/chatLife.ts'
import { parseNetworkSettings } from './network/networkSettings.ts'
import type { NetworkSettings } from './network/networkSettings.ts'

/** What the user set about the network, now. What is not of the right form is ignored and named in the log. */
export function readNetworkSettings(log: Log): NetworkSettings {
  const { settings, rejected } = parseNetworkSettings(networkSetting)
  if (rejected.length > 0) log.warn(`ignored malformed settings: ${rejected.join(', ')}`)
  return settings
}

const networkSetting = (key: string): unknown => vscode.workspace.getConfiguration('tincan.network').get<unknown>(key)

export const isLanOnly = (): boolean => networkSetting('lanOnly') === true

const setting = (key: string): unknown => vscode.workspace.getConfiguration('tincan').get<unknown>(key)

/** What the user wants to be told of: all new messages, in rooms only those that mention them, or none. */
export function notificationSetting(): 'all' | 'mentions' | 'none' {
  const value = setting('notifications')
  return value === 'mentions' || value === 'none' ? value : 'all'
}

/** Whether a notification shows the beginning of what was written. */
export const hasNoticeText = (): boolean => setting('notificationText') === true

/** Whether mentions are told of in quiet times, too. */
export const doMentionsBreakThrough = (): boolean => setting('mentionsBreakThrough') === true

export const isQuietWhileDebugging = (): boolean => setting('quietWhileDebugging') !== false

/** Whether names are hidden, as for whoever shows their screen to others. */
export const isDiscreet = (): boolean => setting('discreet') === true

export async function toggleDiscreet(): Promise<void> {
  const target = vscode.ConfigurationTarget.Global
  await vscode.workspace.getConfiguration('tincan').update('discreet', !isDiscreet(), target)
}

/** Names came to be hidden, or to be shown. */
export const onDidChangeDiscreet = (listener: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tincan.discreet')) listener()
  })

/** A changed network setting takes effect at once: the chat starts anew with it. */
export function registerSettings(life: ChatLife): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tincan.network')) void life.restart()
  })
}
