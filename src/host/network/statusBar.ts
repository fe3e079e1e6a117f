import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { forever } from '../notify/loudness.ts'
import type { QuietTimes } from '../notify/quietTimes.ts'
import { isDiscreet, isLanOnly } from '../settings.ts'
import { formatTime } from '../text/formatTime.ts'
import { stateWords } from './networkWords.ts'

/** The connection's state in the status bar, in words. */
export function registerStatusBar(model: ChatModel, quiet: QuietTimes): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('tincan.state', vscode.StatusBarAlignment.Right, 90)
  item.name = 'Tincan'
  const refresh = (): void => {
    const words = stateWords(model.snapshot, isLanOnly(), vscode.l10n)
    const isNetwork = model.snapshot.phase === 'running' && model.snapshot.identity?.kind === 'ready'
    const hush = quietWords(quiet)
    const sentence = hush === undefined ? words.sentence : `${words.sentence} ${hush}`
    const bell = hush === undefined ? '' : ' $(bell-slash)'
    item.text = `$(${words.icon}) ${vscode.l10n.t('Tincan: {0}', words.short)}${bell}`
    item.tooltip = sentence
    item.accessibilityInformation = { label: vscode.l10n.t('Tincan: {0}', sentence), role: 'button' }
    item.command = isNetwork ? 'tincan.showNetwork' : 'tincan.setUp'
    item.backgroundColor = words.isTrouble ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined
  }
  refresh()
  item.show()
  return vscode.Disposable.from(item, model.onDidChange(refresh), quiet.onDidChange(refresh))
}

/** What the user has chosen not to be disturbed by, in a sentence; `undefined` where that is nothing. */
function quietWords({ doNotDisturbUntil }: QuietTimes): string | undefined {
  if (isDiscreet()) return vscode.l10n.t('Names are hidden, and you are told of nothing.')
  if (doNotDisturbUntil === 0) return undefined
  if (doNotDisturbUntil === forever) return vscode.l10n.t('Do Not Disturb is on.')
  const time = formatTime(doNotDisturbUntil, vscode.env.language, Date.now())
  return vscode.l10n.t('Do Not Disturb is on until {0}.', time)
}
