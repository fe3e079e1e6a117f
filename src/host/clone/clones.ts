import * as vscode from 'vscode'
import { Emitter } from '../../shared/disposable.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { repositoryIdentity } from '../../shared/repositoryIdentity.ts'
import { openGit } from '../git/gitExtension.ts'
import type { GitRepository } from '../git/gitExtension.ts'
import { candidatePaths } from './candidatePaths.ts'
import { entryKindIn } from './entryKind.ts'
import { findRenamed } from './findRenamed.ts'
import { parseGitConfig } from './parseGitConfig.ts'
import { walkInside } from './walkInside.ts'

/** A repository among the open folders. */
export interface LocalRepository {
  readonly root: vscode.Uri
  /** What its remotes name, see `repositoryIdentity`. */
  readonly identities: readonly string[]
  /** The editor's own view of it; absent where Git is switched off, as in Restricted Mode. */
  readonly git?: GitRepository
}

/** Where a file of somebody's repository is in the same repository here, or why nowhere. */
export type CloneSearch =
  | { readonly kind: 'found'; readonly uri: vscode.Uri; readonly repository: LocalRepository }
  /** Under another path: `git` says so, or its content. */
  | { readonly kind: 'renamed'; readonly uri: vscode.Uri; readonly repository: LocalRepository }
  /** Not told which repository or which file it is. */
  | { readonly kind: 'unknown' }
  /** No folder that is open is of this repository, which has this identity. */
  | { readonly kind: 'no-clone'; readonly identity: string }
  | { readonly kind: 'no-file'; readonly repository: LocalRepository }
  /** The path leads through a symbolic link or out of the repository. */
  | { readonly kind: 'refused' }

export interface WantedFile {
  readonly remote?: string
  readonly path?: string
  readonly commit?: string
  /** What the file should hold: by it one that was renamed is known. */
  readonly text?: string
}

/** The repositories among the open folders, and the way to a file in them. */
export interface Clones extends Disposable {
  /** The identities of all of them. */
  identities(): Promise<readonly string[]>
  /** Those of this remote, in any of its spellings. */
  repositoriesOf(remote: string): Promise<readonly LocalRepository[]>
  /** The one that a file lies in; of several the innermost. */
  repositoryAt(uri: vscode.Uri): Promise<LocalRepository | undefined>
  /** Finds a file; opens nothing. */
  find(wanted: WantedFile): Promise<CloneSearch>
  /** The open folders, or the remotes of one, are others. */
  readonly onDidChange: Event<void>
}

export function createClones(): Clones {
  const changed = new Emitter<void>()
  const held: Disposable[] = []
  let known: Promise<readonly LocalRepository[]> | undefined
  let isWatching = false

  const forget = (): void => {
    known = undefined
    changed.fire()
  }
  const watch = async (): Promise<void> => {
    if (isWatching) return
    isWatching = true
    held.push(vscode.workspace.onDidChangeWorkspaceFolders(forget), vscode.workspace.onDidGrantWorkspaceTrust(forget))
    const git = await openGit()
    if (git === undefined) return
    const follow = (repository: GitRepository): void => {
      let before = remotesOf(repository).join('\n')
      held.push(
        repository.state.onDidChange(() => {
          const now = remotesOf(repository).join('\n')
          if (now === before) return
          before = now
          forget()
        }),
      )
    }
    git.repositories.forEach(follow)
    held.push(
      git.onDidOpenRepository((repository) => {
        follow(repository)
        forget()
      }),
      git.onDidCloseRepository(forget),
    )
  }
  const repositories = async (): Promise<readonly LocalRepository[]> => {
    await watch()
    known ??= readRepositories()
    return known
  }
  const repositoriesOf = async (remote: string): Promise<readonly LocalRepository[]> => {
    const identity = repositoryIdentity(remote)
    if (identity === undefined) return []
    return (await repositories()).filter(({ identities }) => identities.includes(identity))
  }

  return {
    identities: async () => [...new Set((await repositories()).flatMap(({ identities }) => identities))],
    repositoriesOf,
    async repositoryAt(uri) {
      const around = (await repositories()).filter(
        ({ root }) => root.scheme === uri.scheme && uri.path.startsWith(`${root.path.replace(/\/$/, '')}/`),
      )
      return around.sort((a, b) => b.root.path.length - a.root.path.length)[0]
    },
    async find({ remote, path, commit, text }) {
      const identity = remote === undefined ? undefined : repositoryIdentity(remote)
      if (remote === undefined || identity === undefined || path === undefined) return { kind: 'unknown' }
      const [first, ...others] = await repositoriesOf(remote)
      if (first === undefined) return { kind: 'no-clone', identity }
      for (const repository of [first, ...others]) {
        for (const candidate of candidatePaths(path, foldersInside(repository.root))) {
          const walked = await walkInside(candidate, entryKindIn(repository.root))
          if (walked === 'file')
            return { kind: 'found', uri: vscode.Uri.joinPath(repository.root, candidate), repository }
          // A path that is refused is not tried in another reading of it.
          if (walked === 'refused') return { kind: 'refused' }
        }
      }
      for (const repository of [first, ...others]) {
        const uri = await findRenamed(repository, { path, commit, text })
        if (uri !== undefined) return { kind: 'renamed', uri, repository }
      }
      return { kind: 'no-file', repository: first }
    },
    onDidChange: changed.event,
    dispose() {
      for (const part of held) part.dispose()
    },
  }
}

const remotesOf = ({ state }: GitRepository): readonly string[] =>
  state.remotes.flatMap(({ fetchUrl, pushUrl }) => [fetchUrl, pushUrl]).filter((url) => url !== undefined)

const identitiesOf = (remotes: readonly string[]): readonly string[] => [
  ...new Set(remotes.map(repositoryIdentity).filter((identity) => identity !== undefined)),
]

/** Those that the editor's Git knows, and folders that hold a repository where it knows none. */
async function readRepositories(): Promise<readonly LocalRepository[]> {
  const git = await openGit()
  const known = (git?.repositories ?? []).map((repository) => ({
    root: repository.rootUri,
    identities: identitiesOf(remotesOf(repository)),
    git: repository,
  }))
  const roots = new Set(known.map(({ root }) => root.toString()))
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => !roots.has(uri.toString()))
  const read = await Promise.all(
    folders.map(async ({ uri }): Promise<LocalRepository> => ({ root: uri, identities: await readIdentities(uri) })),
  )
  return [...known, ...read.filter(({ identities }) => identities.length > 0)]
}

async function readIdentities(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, '.git', 'config'))
    return identitiesOf(parseGitConfig(Buffer.from(bytes).toString('utf8')))
  } catch {
    return []
  }
}

/** The open folders that lie in a repository, relative to it. */
function foldersInside(root: vscode.Uri): readonly string[] {
  const start = root.path.endsWith('/') ? root.path : `${root.path}/`
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === root.scheme && uri.path.startsWith(start))
    .map(({ uri }) => uri.path.slice(start.length))
    .filter((path) => path !== '')
}
