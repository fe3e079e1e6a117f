import * as vscode from 'vscode'

/** The part of the built-in Git extension's interface, version 1, that is used here. */
export interface GitApi {
  readonly git: { readonly path: string }
  readonly repositories: readonly GitRepository[]
  readonly onDidOpenRepository: vscode.Event<GitRepository>
  readonly onDidCloseRepository: vscode.Event<GitRepository>
  getRepository(uri: vscode.Uri): GitRepository | null
}

export interface GitRepository {
  readonly rootUri: vscode.Uri
  readonly state: {
    readonly HEAD:
      { readonly name?: string; readonly commit?: string; readonly upstream?: { readonly remote: string } } | undefined
    readonly remotes: readonly GitRemote[]
    readonly onDidChange: vscode.Event<void>
  }
  /** What differs between two commits. */
  diffBetween(
    from: string,
    to: string,
  ): Promise<readonly { readonly originalUri: vscode.Uri; readonly renameUri: vscode.Uri | undefined }[]>
}

export interface GitRemote {
  readonly name: string
  readonly fetchUrl?: string
  readonly pushUrl?: string
}

interface GitExports {
  readonly enabled: boolean
  getAPI(version: 1): GitApi
}

/** The editor's own Git; `undefined` where it is missing or switched off, as it is in Restricted Mode. */
export async function openGit(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>('vscode.git')
  if (extension === undefined) return undefined
  try {
    const git = extension.isActive ? extension.exports : await extension.activate()
    return git.enabled ? git.getAPI(1) : undefined
  } catch {
    return undefined
  }
}
