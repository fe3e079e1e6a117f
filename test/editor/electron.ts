/**
 * Runs the extension-host tests in a desktop VS Code, which is downloaded first: for machines that can. The same files
 * run in code-server through `extensionHost.test.ts`.
 */
import path from 'node:path'
import { runTests } from '@vscode/test-electron'
import { repository } from './harness/codeServer.ts'
import { createDemoWorkspace } from './harness/demoWorkspace.ts'
import { bundleExtensionHostTests } from './harness/extensionHostTests.ts'
import { createScratch, removeScratch } from './harness/scratch.ts'

const folder = await createScratch()
try {
  const workspace = path.join(folder, 'demo')
  await createDemoWorkspace(workspace, 'Alice')
  await runTests({
    version: process.argv[2] ?? 'stable',
    extensionDevelopmentPath: repository,
    extensionTestsPath: await bundleExtensionHostTests(folder),
    launchArgs: [
      workspace,
      `--user-data-dir=${path.join(folder, 'data')}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
    ],
  })
} finally {
  await removeScratch(folder)
}
