import * as vscode from 'vscode'
import { changesOfCommit, recentCommits, titleOfCommit } from '../../git/changes.ts'
import type { OpenRepository } from '../../git/localRepository.ts'
import { formatTime } from '../../text/formatTime.ts'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { draftOfPatch } from '../patchDraft.ts'

/** What a commit changed that the user picks among the newest: of all, or of those that touch a file. */
export async function draftOfCommit(repository: OpenRepository, uri: vscode.Uri | undefined): Promise<Draft> {
  const id = await pickCommit(repository, uri)
  if (id === undefined) return { kind: 'cancelled' }
  if (id === 'none') return refused(vscode.l10n.t('There is no commit yet that could be shared.'))
  const title = await titleOfCommit(repository, id)
  const { remote } = repository.origin ?? {}
  return draftOfPatch({
    answer: await changesOfCommit(repository, id),
    what: vscode.l10n.t('commit {0}', id.slice(0, 8)),
    nothing: vscode.l10n.t('Commit {0} changes no file.', id.slice(0, 8)),
    title,
    origin: { commit: id, ...(remote === undefined ? {} : { remote }) },
  })
}

async function pickCommit(repository: OpenRepository, uri: vscode.Uri | undefined): Promise<string | undefined> {
  const commits = await recentCommits(repository, uri?.fsPath)
  if (commits.length === 0) return 'none'
  const items = commits.map(({ commit, title, author, at }) => ({
    label: `$(git-commit) ${title}`,
    description: `${commit.slice(0, 8)} · ${author} · ${formatTime(at, vscode.env.language, Date.now())}`,
    commit,
  }))
  const placeHolder = vscode.l10n.t('Which commit of {0}?', repository.name)
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.commit
}
