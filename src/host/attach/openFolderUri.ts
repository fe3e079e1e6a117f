import * as vscode from 'vscode'

/** The way out of a folder. The editor compares the parts of a path as they stand, and would take it for one within. */
const upwards = /(?:^|[/\\])\.\.(?:[/\\]|$)/

/** The address of a file in one of the open folders; `undefined` for whatever is none. */
export function openFolderUri(address: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(address, true)
    if (upwards.test(uri.path)) return undefined
    // The window of a remote workspace calls its files otherwise than what runs beside them.
    const beside = uri.scheme === 'vscode-remote' ? [vscode.Uri.file(uri.path)] : []
    return [uri, ...beside].find((each) => vscode.workspace.getWorkspaceFolder(each) !== undefined)
  } catch {
    return undefined
  }
}
