import * as vscode from 'vscode'
import type { ChatModel } from '../life/chatModel.ts'
import { isPhraseKept, viewState } from '../life/firstRun.ts'
import type { FirstRun } from '../life/firstRun.ts'
import { requestItem, requestsItem } from '../requests/requestItem.ts'
import { answerCount, requestRows } from '../requests/requestRows.ts'
import type { RequestRow } from '../requests/requestRows.ts'
import { treeItem } from './treeItem.ts'
import { attentionCount, badgeWords, nextUnmute, rowLook, treeRows } from './treeRows.ts'
import type { TreeRow } from './treeRows.ts'

/** Timers take no longer delay. */
const maxDelayMs = 2 ** 31 - 1

/** The row above the requests, which is there while there are any. */
const requests = { kind: 'requests' } as const

/** One row of the tree. */
type Row = typeof requests | RequestRow | TreeRow

/** The native tree: who waits for whom, then the conversations. Its badge counts messages, and people who wait for an answer. */
export function registerConversationTree(model: ChatModel, firstRun: FirstRun): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>()
  const tree = vscode.window.createTreeView<Row>('tincan.conversations', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => [...childRows(model, row)],
      getTreeItem: (row) => rowItem(model, row),
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
    const messages = attentionCount(snapshot, now)
    const answers = answerCount(snapshot)
    const value = messages + answers
    tree.badge = value === 0 ? undefined : { value, tooltip: badgeWords(messages, answers, vscode.l10n) }
    void vscode.commands.executeCommand('setContext', 'tincan.state', viewState(snapshot, firstRun))
    void vscode.commands.executeCommand('setContext', 'tincan.isPhraseKept', isPhraseKept(snapshot))
    const rows = JSON.stringify([requestRows(snapshot), treeRows(snapshot, now)])
    if (rows === shown) return
    shown = rows
    changed.fire(undefined)
  }
  const subscription = model.onDidChange(refresh)
  const ending = firstRun.onDidChange(refresh)
  refresh()
  return vscode.Disposable.from(tree, changed, subscription, ending, { dispose: () => clearTimeout(unmuting) })
}

function childRows(model: ChatModel, row: Row | undefined): readonly Row[] {
  const asked = requestRows(model.snapshot)
  if (row === undefined) return [...(asked.length === 0 ? [] : [requests]), ...treeRows(model.snapshot, Date.now())]
  return row === requests ? asked : []
}

function rowItem(model: ChatModel, row: Row): vscode.TreeItem {
  if ('kind' in row) return row.kind === 'requests' ? requestsItem(model.snapshot) : requestItem(row)
  const item = treeItem(rowLook(row, vscode.l10n))
  item.command = { command: 'tincan.openConversation', title: vscode.l10n.t('Open'), arguments: [row] }
  return item
}
