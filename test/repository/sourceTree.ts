import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of this repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** What holds the layers apart: the very files of this repository. */
const guards = [
  ...['package.json', 'tsconfig.json', 'eslint.config.mjs', 'esbuild.mjs', 'src/layers.json'],
  ...['shared', 'core', 'node', 'headless', 'host', 'webview'].map((layer) => `src/${layer}/tsconfig.json`),
  ...['src/core/compactEncoding.d.ts', 'src/core/sodiumUniversal.d.ts', 'src/core/text.d.ts'],
]

/** One small file per layer that uses what the layer may use. */
const sources: Readonly<Record<string, string>> = {
  'src/shared/size.ts': `export const size = 3\n`,
  'src/core/chat.ts': `
import sodium from 'sodium-universal'
import { size } from '../shared/size.ts'
export function wipe(bytes: Uint8Array): number {
  sodium.sodium_memzero(bytes)
  return size
}
`,
  'src/node/readText.ts': `
import { readFileSync } from 'node:fs'
import { wipe } from '../core/chat.ts'
export function readText(file: string): string {
  const bytes = readFileSync(file)
  const text = bytes.toString('utf8')
  wipe(bytes)
  return text
}
`,
  'src/headless/main.ts': `
import process from 'node:process'
import { readText } from '../node/readText.ts'
process.stdout.write(readText('name'))
`,
  'src/host/extension.ts': `
import * as vscode from 'vscode'
import { readText } from '../node/readText.ts'
export function activate(): void {
  void vscode.window.showInformationMessage(readText('name'))
}
`,
  'src/host/highlight/worker.ts': `
import { size } from '../../shared/size.ts'
export const limit = size
`,
  'src/webview/main.ts': `
import { size } from '../shared/size.ts'
document.title = String(size)
`,
}

/** A source tree of its own, under this repository's guards. */
export interface SourceTree {
  /** Absolute, without symbolic links. */
  readonly folder: string
  /** Writes a file; its path is relative to the tree. */
  write(file: string, content: string): Promise<void>
}

/**
 * Runs `use` on a small, sound source tree in a temporary folder, with files of one's own added. Its packages are this
 * repository's. The tree is gone afterwards.
 */
export async function withSourceTree<T>(
  extra: Readonly<Record<string, string>>,
  use: (tree: SourceTree) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'tincan-tree-')))
  const write = async (file: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), content)
  }
  try {
    for (const file of guards) await cp(path.join(repository, file), path.join(folder, file))
    await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    for (const [file, content] of Object.entries({ ...sources, ...extra })) await write(file, content.trimStart())
    return await use({ folder, write })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
