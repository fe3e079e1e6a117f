import * as vscode from 'vscode'
import { treeItem } from '../conversations/treeItem.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { requestLook, requestsLook } from './requestRows.ts'
import type { RequestRow } from './requestRows.ts'

/** The row above the requests, open from the start. */
export function requestsItem(snapshot: ChatSnapshot): vscode.TreeItem {
  const item = treeItem(requestsLook(snapshot, vscode.l10n))
  item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded
  return item
}

export function requestItem(row: RequestRow): vscode.TreeItem {
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
