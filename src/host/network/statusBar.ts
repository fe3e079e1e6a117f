import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { isLanOnly } from '../settings.ts'
import { stateWords } from './networkWords.ts'

/** The connection's state in the status bar, in words. */
export function registerStatusBar(model: ChatModel): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('tincan.state', vscode.StatusBarAlignment.Right, 90)
  item.name = 'Tincan'
  const refresh = (): void => {
    const words = stateWords(model.snapshot, isLanOnly(), vscode.l10n)
    const isNetwork = model.snapshot.phase === 'running' && model.snapshot.identity?.kind === 'ready'
    item.text = `$(${words.icon}) ${vscode.l10n.t('Tincan: {0}', words.short)}`
    item.tooltip = words.sentence
    item.accessibilityInformation = { label: vscode.l10n.t('Tincan: {0}', words.sentence), role: 'button' }
    item.command = isNetwork ? 'tincan.showNetwork' : 'tincan.setUp'
    item.backgroundColor = words.isTrouble ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined
  }
  refresh()
  item.show()
  return vscode.Disposable.from(item, model.onDidChange(refresh))
}
