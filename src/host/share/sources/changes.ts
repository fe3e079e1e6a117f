import * as vscode from 'vscode'
import { changesOfFiles, isTracked, stagedChanges } from '../../git/changes.ts'
import { pickRepository, repositoryOf } from '../../git/localRepository.ts'
import type { OpenRepository } from '../../git/localRepository.ts'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { draftOfPatch } from '../patchDraft.ts'
import { noRepository } from '../words.ts'
import { fileName } from '../workspacePath.ts'

/** What changed in files of one repository since the last commit. */
export async function draftOfChanges(uris: readonly vscode.Uri[]): Promise<Draft> {
  const [first] = uris
  if (first === undefined) return refused(vscode.l10n.t('Open a file first, or choose one in the Explorer.'))
  const repository = await repositoryOf(first)
  if (repository === undefined) return refused(noRepository())
  for (const uri of uris) {
    const name = fileName(uri)
    if ((await repositoryOf(uri))?.root !== repository.root)
      return refused(
        vscode.l10n.t('{0} is in another repository: share the changes of one repository at a time.', name),
      )
    if (!(await isTracked(repository, uri.fsPath)))
      return refused(
        vscode.l10n.t('{0} is not in Git yet: share it as a file, or stage it and share what is staged.', name),
      )
  }
  const what = uris.length === 1 ? fileName(first) : vscode.l10n.t('{0} files', uris.length)
  if (repository.head === undefined)
    return refused(vscode.l10n.t('There is no commit yet to compare {0} with: share what is staged instead.', what))
  return draftOfPatch({
    answer: await changesOfFiles(repository, pathsOf(uris)),
    what: vscode.l10n.t('the changes of {0}', what),
    nothing: vscode.l10n.t('Nothing has changed in {0} since the last commit.', what),
    origin: repository.origin,
  })
}

/** What is staged in a repository: all of it or, where files are named, theirs. */
export async function draftOfStaged(repository: OpenRepository, uris: readonly vscode.Uri[] = []): Promise<Draft> {
  const [first] = uris
  const what = first !== undefined && uris.length === 1 ? fileName(first) : repository.name
  return draftOfPatch({
    answer: await stagedChanges(repository, pathsOf(uris)),
    what: vscode.l10n.t('the staged changes of {0}', what),
    nothing: vscode.l10n.t('Nothing is staged in {0}: stage the changes that you want to share.', what),
    origin: repository.origin,
  })
}

const pathsOf = (uris: readonly vscode.Uri[]): string[] => uris.map(({ fsPath }) => fsPath)

/** Goes on with the repository that is meant. */
export async function withRepository(
  question: string,
  known: vscode.Uri | undefined,
  go: (repository: OpenRepository) => Promise<Draft>,
): Promise<Draft> {
  const repository = known === undefined ? await pickRepository(question) : await repositoryOf(known)
  if (repository === 'cancelled') return { kind: 'cancelled' }
  return repository === undefined || repository === 'none' ? refused(noRepository()) : go(repository)
}
