import * as vscode from 'vscode'
import type { CodeOrigin } from '../../shared/code.ts'
import { codeOrigin } from './codeOrigin.ts'
import { openGit } from './gitExtension.ts'
import type { GitApi, GitRepository } from './gitExtension.ts'
import type { LocalRepository } from './runGit.ts'

/** A repository that is open in the editor and lies on this disk. */
export interface OpenRepository extends LocalRepository {
  /** Its folder's name. */
  readonly name: string
  readonly origin: CodeOrigin | undefined
  /** `undefined` before the first commit. */
  readonly head: string | undefined
}

/** What others may know of the repository that a file is in. `undefined` where there is no Git, or nothing is known. */
export async function originOf(uri: vscode.Uri): Promise<CodeOrigin | undefined> {
  const repository = (await openGit())?.getRepository(uri)
  return repository === null || repository === undefined ? undefined : codeOrigin(repository)
}

/** The repository that a file is in. */
export async function repositoryOf(uri: vscode.Uri): Promise<OpenRepository | undefined> {
  const git = await openGit()
  const repository = git?.getRepository(uri)
  return git === undefined || repository === null || repository === undefined ? undefined : opened(git, repository)
}

/** The repository that is meant where no file says it: the one there is, or the one that the user picks. */
export async function pickRepository(placeHolder: string): Promise<OpenRepository | 'none' | 'cancelled'> {
  const git = await openGit()
  const active = vscode.window.activeTextEditor?.document.uri
  const current = active === undefined ? null : git?.getRepository(active)
  const all = git?.repositories ?? []
  if (git === undefined || all.length === 0) return 'none'
  const only = all.length === 1 ? all[0] : undefined
  if (only !== undefined) return opened(git, only)
  const items = all.map((repository) => ({
    label: opened(git, repository).name,
    description: repository.state.HEAD?.name ?? '',
    repository,
  }))
  items.sort((a, b) => Number(b.repository === current) - Number(a.repository === current))
  const picked = await vscode.window.showQuickPick(items, { placeHolder })
  return picked === undefined ? 'cancelled' : opened(git, picked.repository)
}

function opened(git: GitApi, repository: GitRepository): OpenRepository {
  const { rootUri, state } = repository
  return {
    git: git.git.path,
    root: rootUri.fsPath,
    name: rootUri.path.slice(rootUri.path.lastIndexOf('/') + 1),
    origin: codeOrigin(repository),
    head: state.HEAD?.commit,
  }
}
