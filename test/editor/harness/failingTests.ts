import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createVSIX } from '@vscode/vsce'

const manifest = {
  name: 'kettle-tests',
  displayName: 'Kettle Tests',
  description: 'One test that fails',
  publisher: 'example',
  version: '1.0.0',
  engines: { vscode: '^1.105.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
}

const main = `const vscode = require('vscode')
exports.activate = ({ subscriptions }) => {
  const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'src', 'kettle.ts')
  const controller = vscode.tests.createTestController('kettle', 'Kettle')
  const item = controller.createTestItem('boils', 'boils at 100', file)
  item.range = new vscode.Range(4, 0, 6, 3)
  controller.items.add(item)
  controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, (request) => {
    const run = controller.createTestRun(request)
    run.started(item)
    const message = vscode.TestMessage.diff('Not boiling, see ' + file.fsPath + ':6', 'true', 'false')
    message.location = new vscode.Location(file, new vscode.Range(5, 4, 5, 10))
    // A single message is shown in the row of its test, which has another menu.
    run.failed(item, [message, new vscode.TestMessage('And too cold')])
    run.end()
  }, true)
  subscriptions.push(controller)
}
`

/** Packages an extension with one test, which fails twice and says a path of this machine. Returns the file. */
export async function failingTests(folder: string): Promise<string> {
  const cwd = path.join(folder, 'kettle-tests')
  await mkdir(cwd, { recursive: true })
  await writeFile(path.join(cwd, 'package.json'), JSON.stringify(manifest))
  await writeFile(path.join(cwd, 'main.js'), main)
  await writeFile(path.join(cwd, 'README.md'), '# Kettle Tests\n')
  const packagePath = path.join(folder, 'kettle-tests.vsix')
  await createVSIX({ cwd, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true })
  return packagePath
}
