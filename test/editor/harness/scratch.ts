import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { keepLogsBelow } from '../../record/keptLog.ts'

/**
 * A temporary folder of one's own. Its path is short: sockets with long paths are refused by the system. It does not
 * name Tincan: what the editor says about its own files must not look as if it were about us.
 */
export async function createScratch(): Promise<string> {
  return mkdtemp(path.join(await realpath(tmpdir()), 'editors-'))
}

/** Removes it with everything in it, also while a dying process still writes its last words. The logs in it are kept. */
export async function removeScratch(folder: string): Promise<void> {
  await keepLogsBelow(folder)
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
