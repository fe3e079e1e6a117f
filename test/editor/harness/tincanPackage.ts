import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { packagePath, packageTarget } from '../../run/packageTarget.ts'
import { repository } from './codeServer.ts'

/** What goes into a package; a change of any of it makes an older package stale. */
const sources = ['src', 'media', 'l10n', 'package.json', 'package.nls.json', 'esbuild.mjs']

/**
 * The packaged extension for this machine: the file that `TINCAN_VSIX` names, or the package in `dist`, made anew first
 * when it is missing or older than what goes into it.
 */
export async function tincanPackage(): Promise<string> {
  const named = process.env['TINCAN_VSIX']
  if (named !== undefined && named !== '') return named
  const target = `${process.platform}-${process.arch}`
  const file = path.join(repository, packagePath(target))
  const changes = await Promise.all(sources.map((source) => newestChange(path.join(repository, source))))
  const isFresh = existsSync(file) && (await stat(file)).mtimeMs > Math.max(...changes)
  return isFresh ? file : packageTarget(repository, target)
}

/** When a file, or the newest below a folder, was changed; 0 when there is none. */
async function newestChange(place: string): Promise<number> {
  if (!existsSync(place)) return 0
  const { mtimeMs } = await stat(place)
  if (!(await stat(place)).isDirectory()) return mtimeMs
  const inside = await readdir(place)
  return Math.max(mtimeMs, ...(await Promise.all(inside.map((name) => newestChange(path.join(place, name))))))
}
