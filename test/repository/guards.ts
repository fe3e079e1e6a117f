import { execFile } from 'node:child_process'
import path from 'node:path'
import { ESLint } from 'eslint'
import { checkCoreAlone } from '../../esbuild.mjs'
import { repository, type SourceTree } from './sourceTree.ts'

/** What a guard says about a tree: its complaints by file, relative to the tree. */
export type Complaints = ReadonlyMap<string, readonly string[]>

/** Runs the compiler over all layers of the tree. */
export async function compile({ folder }: SourceTree): Promise<Complaints> {
  const script = path.join(repository, 'node_modules', 'typescript', 'bin', 'tsc')
  const layers = ['shared', 'core', 'node', 'headless', 'host', 'webview'].map((layer) => `src/${layer}`)
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [script, '--build', '--pretty', 'false', ...layers], { cwd: folder }, (_, stdout) =>
      resolve(stdout),
    )
  })
  const complaints = new Map<string, string[]>()
  for (const line of output.split(/\r?\n/)) {
    const [, file, text] = /^(.+?)\(\d+,\d+\): (error .*)$/.exec(line) ?? []
    if (file !== undefined && text !== undefined) complaints.set(file, [...(complaints.get(file) ?? []), text])
    else if (line.startsWith('error')) complaints.set('', [...(complaints.get('') ?? []), line])
  }
  return complaints
}

/** Runs the linter over all sources of the tree. */
export async function lint({ folder }: SourceTree): Promise<Complaints> {
  const results = await new ESLint({ cwd: folder }).lintFiles(['src'])
  return new Map(
    results
      .filter(({ errorCount }) => errorCount > 0)
      .map(({ filePath, messages }) => [
        path.relative(folder, filePath).replaceAll(path.sep, '/'),
        messages.map(({ ruleId, message }) => `${ruleId ?? 'error'}: ${message}`),
      ]),
  )
}

/** Bundles the core of the tree alone: the errors, if it is not alone. */
export async function bundleCore({ folder }: SourceTree): Promise<readonly string[]> {
  try {
    await checkCoreAlone(folder)
    return []
  } catch (error) {
    const errors: unknown = error instanceof Error && 'errors' in error ? error.errors : undefined
    if (!Array.isArray(errors)) throw error
    return errors.map(({ text }: { readonly text: string }) => text)
  }
}
