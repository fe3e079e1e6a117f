import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * The licences of the packages that are in a bundle, as their authors want them passed on. `inputs` are the bundled
 * files, relative to `folder`. Throws if a package came without a licence.
 */
export async function collectNotices(folder: string, inputs: readonly string[]): Promise<string> {
  const packages = new Set(inputs.map(packageFolder).filter((name) => name !== undefined))
  const notices = await Promise.all([...packages].sort().map((name) => notice(path.join(folder, name))))
  return `Tincan contains the work of others, under the licences below.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/** `node_modules/@scope/name` of a file in such a package. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0]
}

async function notice(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
  }
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  if (texts.length === 0 && manifest.license === undefined)
    throw new Error(`${manifest.name} has no licence, so it cannot be passed on.`)
  const head = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`
  return `${[head, ...texts.map((text) => text.trim())].join('\n\n')}\n`
}
