import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { repository } from './codeServer.ts'
import { runCommand } from './ownedProcess.ts'

const target = `${process.platform}-${process.arch}`

/** The packaged extension for this machine; packages it first when there is none, or when sources changed since. */
export async function tincanPackage(): Promise<string> {
  const known = await findPackage()
  if (known !== undefined) return known
  await runCommand({
    command: 'npm',
    args: ['run', 'package', '--', '--target', target],
    cwd: repository,
    shell: process.platform === 'win32',
  })
  const made = await findPackage()
  if (made === undefined) throw new Error(`Packaging for ${target} made no .vsix file`)
  return made
}

async function findPackage(): Promise<string | undefined> {
  const files = [...(await listVsix(repository)), ...(await listVsix(path.join(repository, 'dist')))]
  const sourcesMs = await newestChange(path.join(repository, 'src'))
  for (const file of files) {
    const { mtimeMs } = await stat(file)
    if (mtimeMs > sourcesMs) return file
  }
  return undefined
}

async function listVsix(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.vsix') && name.includes(target)).map((name) => path.join(folder, name))
}

async function newestChange(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const times = await Promise.all(
    [...files, path.join(repository, 'package.json')].map(async (file) => (await stat(file)).mtimeMs),
  )
  return Math.max(...times)
}

/** The version of the manifest. */
export async function tincanVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}
