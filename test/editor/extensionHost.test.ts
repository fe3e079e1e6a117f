import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { createDemoWorkspace } from './harness/demoWorkspace.ts'
import { createEditorServer } from './harness/editorServer.ts'
import { bundleExtensionHostTests, runInExtensionHost } from './harness/extensionHostTests.ts'
import { createScratch, removeScratch } from './harness/scratch.ts'
import { tincanPackage } from './harness/tincanPackage.ts'

test('the packaged extension passes its tests inside a real extension host', async (t) => {
  const folder = await createScratch()
  t.after(() => removeScratch(folder))
  const workspace = path.join(folder, 'demo')
  await createDemoWorkspace(workspace, 'Alice')
  const server = await createEditorServer({ folder, forExtensionTests: true })
  t.after(() => server.stop())
  await server.install(await tincanPackage())
  await server.start()

  const installed = (await readdir(server.extensionsFolder)).find((name) => name.startsWith('tincan.tincan-'))
  assert.ok(installed !== undefined)
  const { code, log } = await runInExtensionHost({
    server,
    workspace,
    extensionFolder: path.join(server.extensionsFolder, installed),
    tests: await bundleExtensionHostTests(folder),
    profile: path.join(folder, 'browser'),
    timeoutMs: 60_000,
  })
  // The editor's own words are not ours to judge.
  const said = log.filter((line) => /^(ok|FAILED): |^\d+ passed/.test(line))
  for (const line of said) t.diagnostic(line)
  assert.equal(code, 0, said.join('\n'))
  assert.match(said.at(-1) ?? '', /^\d+ passed, 0 failed$/)
})
