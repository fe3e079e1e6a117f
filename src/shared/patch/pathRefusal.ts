import { windowsDevice } from '../windowsDevice.ts'
import { isWorkspacePath } from '../workspacePath.ts'
import type { FileRefusal } from './patch.ts'

/** Characters that mean something else than a file to Windows. */
const unportable = /[<>:"|?*\\]|[. ]$/u
/** Names that git and editors take settings and orders from, in the spellings that file systems take for the same. */
const orders = /^(?:\.git|git~[0-9]+|\.vscode|vscode~[0-9]+|.*\.code-workspace)$/iu
/** What HFS+ leaves out of names, so that `.g<zwj>it` is `.git`. */
const ignored = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu

/**
 * Why a file of this path must not be changed for somebody else, on any system, or `undefined`. A path that is taken lies
 * inside of its folder as it stands; whether a symbolic link leads out of it is for the file system to say.
 */
export function pathRefusal(path: string): Extract<FileRefusal, 'outside' | 'protected' | 'unportable'> | undefined {
  const segments = path.split('/')
  // Looked at first and in every spelling: what is said of a path is the worst that is true of it.
  if (segments.some((segment) => orders.test(plainName(segment)))) return 'protected'
  if (!isWorkspacePath(path)) return 'outside'
  return segments.some((segment) => unportable.test(segment) || windowsDevice.test(segment)) ? 'unportable' : undefined
}

/** The name that a file system may take this one for. */
function plainName(segment: string): string {
  return segment
    .normalize('NFKC')
    .replace(ignored, '')
    .replace(/:.*$/su, '')
    .replace(/[. ]+$/u, '')
}
