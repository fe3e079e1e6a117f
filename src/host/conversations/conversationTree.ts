import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { viewState } from '../life/firstRun.ts'
import type { FirstRun } from '../life/firstRun.ts'
import { treeItem } from './treeItem.ts'
import { attentionCount, nextUnmute, rowLook, treeRows } from './treeRows.ts'
import type { TreeRow } from './treeRows.ts'

/** Timers take no longer delay. */
const maxDelayMs = 2 ** 31 - 1

/** The native tree of conversations; its badge counts messages. */
export function registerConversationTree(model: ChatModel, firstRun: FirstRun): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>()
  const tree = vscode.window.createTreeView<TreeRow>('tincan.conversations', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? [...treeRows(model.snapshot, Date.now())] : []),
      getTreeItem,
    },
    showCollapseAll: false,
  })
  let shown = ''
  let unmuting: ReturnType<typeof setTimeout> | undefined
  const refresh = (): void => {
    const { snapshot } = model
    const now = Date.now()
    clearTimeout(unmuting)
    const next = nextUnmute(snapshot, now)
    unmuting = next === undefined ? undefined : setTimeout(refresh, Math.min(next - now, maxDelayMs))
    const count = attentionCount(snapshot, now)
    const tooltip = count === 1 ? vscode.l10n.t('1 new message') : vscode.l10n.t('{0} new messages', count)
    tree.badge = count === 0 ? undefined : { value: count, tooltip }
    void vscode.commands.executeCommand('setContext', 'tincan.state', viewState(snapshot, firstRun))
    const rows = JSON.stringify(treeRows(snapshot, now))
    if (rows === shown) return
    shown = rows
    changed.fire(undefined)
  }
  const subscription = model.onDidChange(refresh)
  const ending = firstRun.onDidChange(refresh)
  refresh()
  return vscode.Disposable.from(tree, changed, subscription, ending, { dispose: () => clearTimeout(unmuting) })
}

function getTreeItem(row: TreeRow): vscode.TreeItem {
  const item = treeItem(rowLook(row, vscode.l10n))
  item.command = { command: 'tincan.openConversation', title: vscode.l10n.t('Open'), arguments: [row] }
  return item
}
