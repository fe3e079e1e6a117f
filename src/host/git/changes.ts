import { runGit } from './runGit.ts'
import type { GitAnswer, LocalRepository } from './runGit.ts'

/** The one form of a diff that another machine can read and apply, whatever is configured here. */
const form = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--submodule=short', '--find-renames'],
  ...['--unified=3', '--inter-hunk-context=0', '--src-prefix=a/', '--dst-prefix=b/'],
]

/** A diff with what changed in files that are no text or, where that is far too long, without. */
async function diff(
  repository: LocalRepository,
  words: readonly string[],
  more: readonly string[],
): Promise<GitAnswer> {
  const answer = await runGit(repository, [...words, ...form, '--binary', ...more])
  return answer.kind === 'too-large' ? runGit(repository, [...words, ...form, ...more]) : answer
}

/** What changed in files of the working tree since the last commit. Paths are absolute, or relative to the repository. */
export function changesOfFiles(repository: LocalRepository, paths: readonly string[]): Promise<GitAnswer> {
  return diff(repository, ['diff'], ['HEAD', '--', ...paths])
}

/** What the next commit would change: in these files or, where none is named, in all. Also before the first commit. */
export function stagedChanges(repository: LocalRepository, paths: readonly string[] = []): Promise<GitAnswer> {
  return diff(repository, ['diff'], ['--cached', '--', ...paths])
}

/** What a commit changed; of a merge, against its first parent. */
export function changesOfCommit(repository: LocalRepository, commit: string): Promise<GitAnswer> {
  return diff(repository, ['show', '--format=', '-m', '--first-parent', '--root'], [commit, '--'])
}

/** Whether git knows of a file at all. */
export async function isTracked(repository: LocalRepository, path: string): Promise<boolean> {
  const answer = await runGit(repository, ['ls-files', '-z', '--', path])
  return answer.kind === 'ok' && answer.text !== ''
}

export interface RecentCommit {
  readonly commit: string
  /** The first line of its message. */
  readonly title: string
  readonly author: string
  /** Milliseconds since 1970 UTC. */
  readonly at: number
}

const maxCommits = 100

/** The newest commits that lead to where the repository is now, or those of them that touch a file. Empty where there is none. */
export async function recentCommits(repository: LocalRepository, path?: string): Promise<readonly RecentCommit[]> {
  const range = ['-n', String(maxCommits), '--format=%H%x1f%s%x1f%an%x1f%ct']
  const answer = await runGit(repository, [
    'log',
    '--no-color',
    ...range,
    'HEAD',
    '--',
    ...(path === undefined ? [] : [path]),
  ])
  return answer.kind === 'ok' ? answer.text.split('\n').flatMap(parseCommit) : []
}

function parseCommit(line: string): RecentCommit[] {
  const [commit, title, author, seconds] = line.split('\x1f')
  if (commit === undefined || title === undefined || author === undefined || seconds === undefined) return []
  return [{ commit, title, author, at: Number(seconds) * 1000 }]
}

/** The first line of a commit's message; `undefined` where there is no such commit. */
export async function titleOfCommit(repository: LocalRepository, commit: string): Promise<string | undefined> {
  const answer = await runGit(repository, ['log', '-1', '--format=%s', commit, '--'])
  return answer.kind === 'ok' ? answer.text.trimEnd() : undefined
}
