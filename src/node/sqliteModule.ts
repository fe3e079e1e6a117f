import type * as Sqlite from 'node:sqlite'
import { chatError } from '../shared/chatError.ts'

/**
 * `node:sqlite`, looked up when it is needed. Imported statically, an older runtime would end the process before anything
 * could be said; so it is `unsupported-platform`.
 */
export function sqliteModule(): typeof Sqlite {
  const found = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined
  if (found === undefined) throw chatError('unsupported-platform', 'Node 22.13 or newer is needed')
  return found
}
