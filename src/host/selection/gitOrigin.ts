import * as vscode from 'vscode'

/** The part of the built-in Git extension's interface, version 1, that is used here. */
interface GitExports {
  readonly enabled: boolean
  getAPI(version: 1): GitApi
}
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null
}
interface GitRepository {
  readonly state: {
    readonly HEAD: { readonly commit?: string; readonly upstream?: { readonly remote: string } } | undefined
    readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string; readonly pushUrl?: string }[]
  }
}

/** The remote and the commit a file comes from, uncleaned. `undefined` where there is no Git, or nothing is known. */
export async function gitOrigin(uri: vscode.Uri): Promise<{ remote?: string; commit?: string } | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>('vscode.git')
  if (extension === undefined) return undefined
  try {
    const git = extension.isActive ? extension.exports : await extension.activate()
    const repository = git.enabled ? git.getAPI(1).getRepository(uri) : null
    if (repository === null) return undefined
    const { HEAD, remotes } = repository.state
    const preferred = HEAD?.upstream?.remote ?? 'origin'
    const remote = remotes.find(({ name }) => name === preferred) ?? remotes[0]
    const address = remote?.fetchUrl ?? remote?.pushUrl
    return {
      ...(address === undefined ? {} : { remote: address }),
      ...(HEAD?.commit === undefined ? {} : { commit: HEAD.commit }),
    }
  } catch {
    // Git is a courtesy here: without it the snippet is sent all the same.
    return undefined
  }
}
