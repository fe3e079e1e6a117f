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

/** Whether the user wants to be told of new messages. */
export const wantsNotifications = (): boolean =>
  vscode.workspace.getConfiguration('tincan').get<unknown>('notifications') !== 'none'

/** A changed network setting takes effect at once: the chat starts anew with it. */
export function registerSettings(life: ChatLife): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tincan.network')) void life.restart()
  })
}
