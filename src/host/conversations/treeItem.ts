import * as vscode from 'vscode'
import type { RowLook } from './rowLook.ts'

/** A row of a native tree as it looks. */
export function treeItem(look: RowLook): vscode.TreeItem {
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
  return item
}
