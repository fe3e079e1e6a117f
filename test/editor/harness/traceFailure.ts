import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TestContext, SuiteContext } from 'node:test'
import type { World } from './world.ts'

/** After a test that failed: keeps a picture of every window, and shows what Tincan logged. For `afterEach`. */
export async function traceFailure(t: TestContext | SuiteContext, world: World): Promise<void> {
  if (!('passed' in t) || t.passed) return
  for (const { name, browser } of world.people) {
    const title = `failed-${t.name}-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    await browser.picture(title.slice(0, 120))
    t.diagnostic(`${name}: ${(await readLogs(world.folderOf(name))).join('\n')}`)
  }
}

async function readLogs(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, 'data'), { recursive: true })
  const logs = names.filter((name) => /Tincan[^/\\]*\.log$/.test(name)).sort()
  return Promise.all(logs.map((name) => readFile(path.join(folder, 'data', name), 'utf8')))
}
