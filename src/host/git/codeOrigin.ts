import { isGitBranch, isGitCommit } from '../../core/body/snippetFields.ts'
import type { CodeOrigin } from '../../shared/code.ts'
import { cleanRemote } from './cleanRemote.ts'
import type { GitRepository } from './gitExtension.ts'

type KnownState = Pick<GitRepository['state'], 'HEAD' | 'remotes'>

/** What others may know of a repository: its main remote without credentials, its commit and its branch, as far as there are any. */
export function codeOrigin({ state }: { readonly state: KnownState }): CodeOrigin | undefined {
  const { HEAD, remotes } = state
  const preferred = HEAD?.upstream?.remote ?? 'origin'
  const main = remotes.find(({ name }) => name === preferred) ?? remotes[0]
  const address = main?.fetchUrl ?? main?.pushUrl
  const remote = address === undefined ? undefined : cleanRemote(address)
  const origin = {
    ...(remote === undefined ? {} : { remote }),
    ...(isGitCommit(HEAD?.commit) ? { commit: HEAD.commit } : {}),
    ...(isGitBranch(HEAD?.name) ? { branch: HEAD.name } : {}),
  }
  return Object.keys(origin).length === 0 ? undefined : origin
}
