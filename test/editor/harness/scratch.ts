import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A temporary folder of one's own. Its path is short: sockets with long paths are refused by the system. */
export async function createScratch(): Promise<string> {
  return mkdtemp(path.join(await realpath(tmpdir()), 'tincan-'))
}

/** Removes it with everything in it, also while a dying process still writes its last words. */
export async function removeScratch(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
