import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { viewState } from '../life/firstRun.ts'
import type { FirstRun } from '../life/firstRun.ts'
import { formatTime } from '../text/formatTime.ts'
import { attentionCount, rowLook, treeRows } from './treeRows.ts'
import type { TreeRow } from './treeRows.ts'

/** The native tree of conversations and open invites, with the badge on its container. */
export function registerConversationTree(model: ChatModel, firstRun: FirstRun): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>()
  const tree = vscode.window.createTreeView<TreeRow>('tincan.conversations', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? [...treeRows(model.snapshot)] : []),
      getTreeItem,
    },
    showCollapseAll: false,
  })
  let shown = ''
  const refresh = (): void => {
    const { snapshot } = model
    const count = attentionCount(snapshot)
    const tooltip =
      count === 1 ? vscode.l10n.t('1 thing new in Tincan') : vscode.l10n.t('{0} things new in Tincan', count)
    tree.badge = count === 0 ? undefined : { value: count, tooltip }
    void vscode.commands.executeCommand('setContext', 'tincan.state', viewState(snapshot, firstRun))
    const rows = JSON.stringify(treeRows(snapshot))
    if (rows === shown) return
    shown = rows
    changed.fire(undefined)
  }
  const subscription = model.onDidChange(refresh)
  const ending = firstRun.onDidChange(refresh)
  refresh()
  return vscode.Disposable.from(tree, changed, subscription, ending)
}

function getTreeItem(row: TreeRow): vscode.TreeItem {
  const look = rowLook(row, vscode.l10n, (at) => formatTime(at, vscode.env.language, Date.now()))
  const item = new vscode.TreeItem(look.label)
  item.id = look.id
  item.description = look.description
  item.tooltip = look.tooltip
  item.contextValue = look.context
  item.iconPath = new vscode.ThemeIcon(
    look.icon,
    look.color === undefined ? undefined : new vscode.ThemeColor(look.color),
  )
  item.accessibilityInformation = { label: look.spoken }
  item.command = openCommand(row)
  return item
}

function openCommand(row: TreeRow): vscode.Command {
  return row.kind === 'conversation'
    ? { command: 'tincan.openConversation', title: vscode.l10n.t('Open'), arguments: [row] }
    : { command: 'tincan.openWaiting', title: vscode.l10n.t('Open'), arguments: [row] }
}
