import { execFile } from 'node:child_process'

/** A repository on this disk, and the program that reads it. */
export interface LocalRepository {
  /** The path of git, as the editor's own Git extension uses it. */
  readonly git: string
  /** The absolute path of its top folder. It stays on this machine. */
  readonly root: string
}

/**
 * - `too-large`: more than anybody would send
 * - `not-text`: it says something that is not UTF-8
 * - `failed`: git is not there, refuses, or takes too long
 */
export type GitAnswer =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'failed' }

const maxOutputBytes = 4 * 1024 * 1024
const timeoutMs = 10_000

/** Whatever the user's configuration says of it: nothing runs but git, and what it writes is for a program to read. */
const plainly = [
  '--no-pager',
  '--literal-pathspecs',
  ...[
    'core.quotePath=false',
    'core.fsmonitor=false',
    'diff.suppressBlankEmpty=false',
    'log.showSignature=false',
  ].flatMap((setting) => ['-c', setting]),
]

/** Runs git in a repository: by argument vector, never through a shell. Never rejects. */
export function runGit({ git, root }: LocalRepository, args: readonly string[]): Promise<GitAnswer> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
  // What a parent process says of a repository is about another one.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']) Reflect.deleteProperty(env, name)
  const options = { cwd: root, env, encoding: 'buffer', maxBuffer: maxOutputBytes, timeout: timeoutMs } as const
  return new Promise((resolve) => {
    execFile(git, [...plainly, ...args], options, (error, output) => {
      if (error !== null) resolve({ kind: error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'too-large' : 'failed' })
      else resolve(decode(output))
    })
  })
}

function decode(bytes: Buffer): GitAnswer {
  try {
    return { kind: 'ok', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { kind: 'not-text' }
  }
}
