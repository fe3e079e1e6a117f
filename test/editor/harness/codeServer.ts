import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './ownedProcess.ts'

/** The editor that the tests run: VS Code 1.139 as code-server ships it, from the npm registry. */
export const codeServerVersion = '4.139.1'

/** The root of this repository. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '')

/** Counts up when what is added to the installation changes. */
const revision = 4

/** Native parts that are not built here, and what stands in for them. */
const standIns: Readonly<Record<string, string>> = {
  spdlog: 'spdlog.cjs',
  'native-watchdog': 'nativeWatchdog.cjs',
}

/** Extensions of the editor that cannot work here and say so: their parts come from scripts that are not run. */
const unfit = ['copilot', 'typescript-language-features']

/** Extensions and themes that no test is about: each would cost every window a part of its start. */
const unneeded = [
  ...['css-language-features', 'emmet', 'html-language-features', 'php-language-features'],
  ...['grunt', 'gulp', 'jake', 'npm'],
  ...['github', 'github-authentication', 'microsoft-authentication', 'tunnel-forwarding', 'simple-browser'],
  ...['ipynb', 'notebook-renderers', 'markdown-math', 'mermaid-markdown-features', 'prompt-basics'],
  ...['configuration-editing', 'extension-editing', 'references-view', 'search-result', 'terminal-suggest'],
  ...['theme-abyss', 'theme-kimbie-dark', 'theme-monokai', 'theme-monokai-dimmed', 'theme-quietlight', 'theme-red'],
  ...['theme-solarized-dark', 'theme-solarized-light', 'theme-tomorrow-night-blue'],
]

const cache = path.join(repository, 'node_modules', '.cache', 'tincan')

/**
 * The script that starts code-server. Installs it first where it is missing,
 * about 15 s, without running any script of any package. Two processes may call this at the same time.
 */
export async function installCodeServer(): Promise<string> {
  const home = path.join(cache, `code-server-${codeServerVersion}-${revision}`)
  const main = path.join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js')
  if (existsSync(home)) return main

  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(path.join(cache, 'installing-'))
  try {
    await writeFile(path.join(draft, 'package.json'), '{ "private": true }\n')
    await npm(draft, ['install', '--save-exact', `code-server@${codeServerVersion}`])
    const vscode = path.join(draft, 'node_modules', 'code-server', 'lib', 'vscode')
    await npm(vscode, ['install', '--omit=dev'])
    for (const [name, file] of Object.entries(standIns)) {
      const folder = path.join(vscode, 'node_modules', '@vscode', name)
      await copyFile(new URL(file, import.meta.url), path.join(folder, 'index.js'))
    }
    for (const name of [...unfit, ...unneeded]) await rm(path.join(vscode, 'extensions', name), { recursive: true })
    await rename(draft, home)
  } catch (error) {
    // Another process was faster: a folder with content is never replaced by a rename.
    if (!existsSync(home)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return main
}

async function npm(folder: string, args: readonly string[]): Promise<void> {
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder]
  // What npm tells the scripts it runs would make this npm work on the repository instead of `folder`.
  const misleading = /^npm_(package|lifecycle|config_local_prefix|config_prefix|command)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)))
  const script = process.env['npm_execpath']
  if (script?.endsWith('.js') === true) {
    await runCommand({ command: process.execPath, args: [script, ...all], cwd: folder, env })
  } else {
    await runCommand({ command: 'npm', args: all, cwd: folder, env, shell: process.platform === 'win32' })
  }
}
