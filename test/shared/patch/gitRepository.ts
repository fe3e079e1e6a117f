import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A real git repository in a temporary folder, with nothing of the user's own settings. */
export interface GitRepository {
  readonly folder: string
  /** Runs git and answers what it prints. */
  readonly git: (...args: readonly string[]) => string
  readonly write: (name: string, content: string | Uint8Array) => void
  readonly remove: (name: string) => void
  /** Commits everything as it is. */
  readonly commit: (message: string) => void
}

/** Runs `use` with a repository that is gone afterwards. `options` are those of `git init`. */
export async function withRepository(
  use: (repository: GitRepository) => void | Promise<void>,
  options: readonly string[] = [],
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tincan-git-'))
  const env = {
    ...process.env,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: path.join(folder, '.none'),
    LC_ALL: 'C',
  }
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', '-c', 'core.autocrlf=false', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  try {
    git('init', '-q', '-b', 'main', ...options)
    await use({
      folder,
      git,
      write,
      remove: (name) => {
        rmSync(path.join(folder, name))
      },
      commit: (message) => {
        git('add', '-A')
        git('commit', '-q', '-m', message)
      },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
