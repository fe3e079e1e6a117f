/** What the fields beside a snippet's or a patch's text may hold. The same rules hold for what is sent and for what arrives. */
import { isShown } from '../../shared/workspacePath.ts'

export { isShown, isWorkspacePath, maxPathBytes } from '../../shared/workspacePath.ts'

/** The most bytes of a language id. */
export const maxLanguageBytes = 64
/** The most UTF-8 bytes of a git remote. */
export const maxRemoteBytes = 512
/** The most digits of a git commit: a SHA-256 object name. */
export const maxCommitDigits = 64
/** The most UTF-8 bytes of a branch's name: what git itself keeps in one file name. */
export const maxBranchBytes = 255
/** The highest line number. */
export const maxLine = 10_000_000

/** Whether the value is a language id such as `typescript` or `c++`. */
export function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxLanguageBytes && /^[A-Za-z0-9_.+#-]+$/.test(value)
}

/** Whether the value is a line number, 1-based. */
export function isLine(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= maxLine
}

const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?`
const rest = String.raw`[^\s\\?#<>"]+`
/** `https://host/path`: whatever stands before an `@` there is a credential, so there is none. */
const web = new RegExp(`^(?:https?|git)://${host}/${rest}$`, 'u')
/** `ssh://git@host/path`: a user name alone is an address, not a secret. */
const ssh = new RegExp(`^ssh://(?:[A-Za-z0-9._-]+@)?${host}/${rest}$`, 'u')
/** `git@host:path`, with a user name so that no other scheme (`command:`, `javascript:`) passes for it. */
const scp = new RegExp(String.raw`^[A-Za-z0-9._-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?:${rest}$`, 'u')

/**
 * Whether the value is the address of a git repository on a network, without credentials: no password, no token, no
 * query, no file path.
 */
export function isGitRemote(value: unknown): value is string {
  return isShown(value, maxRemoteBytes) && (web.test(value) || ssh.test(value) || scp.test(value))
}

/** Whether the value names a git commit by 7 to 64 hex digits. */
export function isGitCommit(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxCommitDigits && /^[0-9a-fA-F]{7,}$/.test(value)
}

/**
 * Whether the value is the name of a git branch (git-check-ref-format): so it can hold neither an option (`-x`) nor a
 * range (`a..b`).
 */
export function isGitBranch(value: unknown): value is string {
  if (!isShown(value, maxBranchBytes) || /[\s~^:?*[\\]|\.\.|@\{|^-|^@$|\.$/u.test(value)) return false
  return value.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
}
