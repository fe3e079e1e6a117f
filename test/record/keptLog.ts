import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { addToRecord } from './recordFolder.ts'

const maxLines = 20_000
const seen = new Set<string>()

/** Keeps what the product logged, so that the whole run can look for secrets in it. What was said before is kept once. */
export function keepLog(text: string): void {
  const fresh = text.split('\n').filter((line) => line !== '' && !seen.has(line))
  for (const line of fresh) if (seen.size < maxLines) seen.add(line)
  addToRecord('logs', fresh.map((line) => `${line}\n`).join(''))
}

/** Keeps the logs of the editors below `folder`, and of their extensions, output channels included. */
export async function keepLogsBelow(folder: string): Promise<void> {
  for await (const file of glob('**/logs/**/*.log', { cwd: folder }))
    keepLog(await readFile(path.join(folder, file), 'utf8'))
}
