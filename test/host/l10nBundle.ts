import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import l10nDev from '@vscode/l10n-dev'
import { viewStrings } from '../../src/shared/viewStrings.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the sentences are that a translator starts from. */
export const bundlePath = path.join(root, 'l10n', 'bundle.l10n.json')

/** Every sentence of the host and of the conversation view, as the text of `bundle.l10n.json`. */
export async function l10nBundle(): Promise<string> {
  const files = globSync('src/host/**/*.ts', { cwd: root }).sort()
  const scripts = files.map((file) => ({
    extension: '.ts' as const,
    contents: readFileSync(path.join(root, file), 'utf8'),
  }))
  const found = Object.keys(await l10nDev.getL10nJson(scripts))
  const all = [...new Set([...found, ...Object.values(viewStrings)])].sort()
  return `${JSON.stringify(Object.fromEntries(all.map((text) => [text, text])), undefined, 2)}\n`
}

/** Run as a script, this writes the bundle. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(path.dirname(bundlePath), { recursive: true })
  writeFileSync(bundlePath, await l10nBundle())
}
