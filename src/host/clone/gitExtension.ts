import * as vscode from 'vscode'

/** The part of the built-in Git extension's interface, version 1, with which a clone is found. */
export interface GitApi {
  readonly repositories: readonly GitRepository[]
  readonly onDidOpenRepository: vscode.Event<GitRepository>
  readonly onDidCloseRepository: vscode.Event<GitRepository>
}

export interface GitRepository {
  readonly rootUri: vscode.Uri
  readonly state: {
    readonly remotes: readonly { readonly fetchUrl?: string; readonly pushUrl?: string }[]
    readonly onDidChange: vscode.Event<void>
  }
  /** What differs between two commits. */
  diffBetween(
    from: string,
    to: string,
  ): Promise<readonly { readonly originalUri: vscode.Uri; readonly renameUri: vscode.Uri | undefined }[]>
}

interface GitExports {
  readonly enabled: boolean
  getAPI(version: 1): GitApi
}

/** The editor's own Git; `undefined` where it is switched off, as it is in Restricted Mode. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>('vscode.git')
  if (extension === undefined) return undefined
  try {
    const git = extension.isActive ? extension.exports : await extension.activate()
    return git.enabled ? git.getAPI(1) : undefined
  } catch {
    return undefined
  }
}
