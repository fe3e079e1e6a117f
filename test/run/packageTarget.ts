import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from '../../esbuild.mjs'
import { collectNotices } from './collectNotices.ts'

/** What is packaged beside the bundles, as far as it exists. */
const shipped = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'l10n/*.json',
  'package.nls*.json',
  'media/**/*.{css,svg,png,md}',
]
/** The README's pictures, and what the icon is drawn from. */
const unshipped = ['media/readme/**', 'media/icon.svg']

/** Keys of the manifest that only development needs. */
const developmentKeys = [
  'scripts',
  'dependencies',
  'devDependencies',
  'private',
  'prettier',
  'allowScripts',
  'packageManager',
]

/** Where the package of a target is, below the repository. */
export function packagePath(target: string): string {
  return `dist/tincan-${target}.vsix`
}

/** The time that every file in a package has: when it was built is nobody's business, and would change its bytes. */
const buildTime = Date.UTC(2020, 0, 1) / 1000

/**
 * Makes the package of one target from the repository in `folder`, and returns its path. It is put together in a
 * folder of its own, so that nothing gets in by chance. The same sources give the same bytes, whenever, wherever and by
 * whomever they are built. Throws an error that says in a sentence what is wrong; then there is no package.
 */
export async function packageTarget(folder: string, target: string, name = packagePath(target)): Promise<string> {
  const file = path.join(folder, name)
  const stage = path.join(folder, 'artifacts', 'stage', path.basename(name, '.vsix'))
  await Promise.all([rm(file, { force: true }), rm(stage, { recursive: true, force: true })])
  await mkdir(path.join(stage, 'dist'), { recursive: true })

  const inputs = await build({
    target,
    only: ['host', 'webview'],
    isProduction: true,
    outdir: path.join(stage, 'dist'),
  })
  await writeFile(path.join(stage, 'dist', 'ThirdPartyNotices.txt'), await collectNotices(folder, inputs))
  for (const name of globSync(shipped, { cwd: folder, exclude: unshipped }))
    await cp(path.join(folder, name), path.join(stage, name), { recursive: true })
  const manifest = await readManifest(folder)
  await writeFile(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2))
  await unifyModes(stage)

  const hasRepository = 'repository' in manifest
  await vsce(folder, stage, [
    ...['package', '--target', target, '--no-dependencies', '--out', file],
    ...(hasRepository ? [] : ['--allow-missing-repository', '--no-rewrite-relative-links']),
  ])
  return file
}

async function readManifest(folder: string): Promise<Record<string, unknown>> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !developmentKeys.includes(key)))
}

/** The packager passes on what a file may be used for, which depends on whoever checked it out. */
async function unifyModes(stage: string): Promise<void> {
  for (const entry of await readdir(stage, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await chmod(path.join(entry.parentPath, entry.name), 0o644)
}

function vsce(folder: string, stage: string, args: readonly string[]): Promise<void> {
  const script = path.join(folder, 'node_modules', '@vscode', 'vsce', 'vsce')
  if (!existsSync(script)) throw new Error('The packager @vscode/vsce is not installed.')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: stage,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Times are written as those of the place, and names sorted as its language has it.
      env: { ...process.env, SOURCE_DATE_EPOCH: String(buildTime), TZ: 'UTC', LC_ALL: 'C' },
    })
    let output = ''
    const keep = (text: string): void => {
      output += text
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The packager refused:\n${output.trim()}`))
    })
  })
}
