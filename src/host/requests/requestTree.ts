import * as vscode from 'vscode'
import { treeItem } from '../conversations/treeItem.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { answerCount, requestLook, requestRows } from './requestRows.ts'
import type { RequestRow } from './requestRows.ts'

/** The native tree of who waits for whom, there while somebody does; its badge counts those who wait for the user. */
export function registerRequestTree(model: ChatModel): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>()
  const tree = vscode.window.createTreeView<RequestRow>('tincan.requests', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? [...requestRows(model.snapshot)] : []),
      getTreeItem,
    },
  })
  let shown = ''
  const refresh = (): void => {
    const { snapshot } = model
    const rows = requestRows(snapshot)
    const count = answerCount(snapshot)
    const tooltip =
      count === 1 ? vscode.l10n.t('1 waits for your answer') : vscode.l10n.t('{0} wait for your answer', count)
    tree.badge = count === 0 ? undefined : { value: count, tooltip }
    tree.description = rows.length === 0 ? '' : String(rows.length)
    const now = JSON.stringify(rows)
    if (now === shown) return
    shown = now
    void vscode.commands.executeCommand('setContext', 'tincan.hasRequests', rows.length > 0)
    changed.fire(undefined)
  }
  const subscription = model.onDidChange(refresh)
  refresh()
  return vscode.Disposable.from(tree, changed, subscription)
}

function getTreeItem(row: RequestRow): vscode.TreeItem {
  const item = treeItem(requestLook(row, vscode.l10n, (at) => formatTime(at, vscode.env.language, Date.now())))
  item.command = { command: openCommands[row.kind], title: vscode.l10n.t('Open'), arguments: [row] }
  return item
}

const openCommands: Readonly<Record<RequestRow['kind'], string>> = {
  offer: 'tincan.openProposal',
  request: 'tincan.openProposal',
  invite: 'tincan.openWaiting',
  join: 'tincan.openWaiting',
}
