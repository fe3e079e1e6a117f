/** What the files promise that machines read and no test runs here: the workflows, and the editor's own tasks. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { repository } from './sourceTree.ts'

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8')
const files = globSync('.github/workflows/*.yml', { cwd: repository }).sort()
const [release = '', test = ''] = ['release', 'test'].map((name) => read(`.github/workflows/${name}.yml`))
const manifest = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** The jobs of a workflow by name, each as its text. */
function jobsOf(workflow: string): ReadonlyMap<string, string> {
  const jobs = workflow.split(/^jobs:\n/m)[1] ?? ''
  return new Map(jobs.split(/^(?= {2}[\w-]+:\n)/m).map((job) => [/^ {2}([\w-]+):/.exec(job)?.[1] ?? '', job] as const))
}

describe('The workflows', () => {
  it('may read the repository, and nothing else', () => {
    assert.equal(files.length, 2)
    for (const text of files.map(read)) {
      assert.match(text, /^permissions:\n {2}contents: read\n\n/m)
      assert.equal(text.match(/permissions:/g)?.length, 1)
      const checkouts = text.match(/actions\/checkout@/g)?.length ?? 0
      assert.equal(text.match(/persist-credentials: false/g)?.length ?? 0, checkouts)
    }
  })

  it('use what others made at one commit only', () => {
    const uses = files.flatMap((file) => [...read(file).matchAll(/uses: (\S+)/g)].map(([, name = '']) => name))
    assert.ok(uses.length > 5)
    for (const name of uses) assert.match(name, /^(\.\/\.github\/workflows\/test\.yml|[\w./-]+@[0-9a-f]{40})$/)
  })

  it('run all tests, and those inside the desktop editor, on Linux, macOS and Windows', () => {
    const jobs = jobsOf(test)
    for (const [name, command] of [
      ['test', 'npm test'],
      ['desktop', 'npm run test:desktop'],
    ] as const) {
      const job = jobs.get(name) ?? ''
      assert.match(job, /runs-on: \$\{\{ matrix\.os \}\}/)
      assert.match(job, /os: \[ubuntu-latest, macos-latest, windows-latest\]/)
      assert.match(job, new RegExp(`run: (?:xvfb-run --auto-servernum )?${command}\n`))
    }
  })

  it('package every platform, and publish exactly what was packaged and tested', () => {
    const packaging = jobsOf(test).get('package') ?? ''
    assert.match(packaging, /run: npm test -- package packages\n/)
    assert.match(packaging, /name: packages\n +path: dist\/\*\.vsix\n +if-no-files-found: error/)
    const publishing = jobsOf(release).get('publish') ?? ''
    assert.match(jobsOf(release).get('test') ?? '', /uses: \.\/\.github\/workflows\/test\.yml/)
    assert.match(publishing, /needs: test\n/)
    assert.equal(publishing.match(/--packagePath packages\/\*\.vsix/g)?.length, 2)
    assert.doesNotMatch(publishing, /npm run (package|build)/)
  })

  it('need two tokens to release, and none for anything else', () => {
    const secretsOf = (text: string): string[] =>
      [...text.matchAll(/secrets\.(\w+)|secrets: (\w+)/g)].map(([all]) => all)
    assert.deepEqual(secretsOf(test), [])
    assert.deepEqual(secretsOf(release), ['secrets.VSCE_PAT', 'secrets.OVSX_PAT'])
  })

  it('call scripts that there are', () => {
    const called = files.flatMap((file) => [...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name))
    assert.ok(called.length > 0)
    for (const name of called) assert.ok(name in manifest.scripts, name)
  })
})

describe('The tasks and launches of the editor', () => {
  interface Launch {
    readonly name: string
    readonly program?: string
    readonly args?: readonly string[]
    readonly preLaunchTask?: string
  }
  const launches = (JSON.parse(read('.vscode/launch.json')) as { readonly configurations: readonly Launch[] })
    .configurations
  const { tasks } = JSON.parse(read('.vscode/tasks.json')) as {
    readonly tasks: readonly { readonly label: string; readonly script?: string }[]
  }

  it('run the extension, the unit tests and the extension tests', () => {
    const names = launches.map(({ name }) => name)
    for (const wanted of ['Run Extension', 'Run Unit Tests', 'Run Editor Tests'])
      assert.ok(names.includes(wanted), wanted)
  })

  it('name files, tasks and scripts that there are', () => {
    const labels = tasks.map(({ label }) => label)
    for (const { name, program = '', args = [], preLaunchTask } of launches) {
      for (const file of [program.replace('${workspaceFolder}/', ''), ...args].filter((part) => part.endsWith('.ts')))
        assert.ok(existsSync(path.join(repository, file)), `${name}: ${file}`)
      if (preLaunchTask !== undefined) assert.ok(labels.includes(preLaunchTask), `${name}: ${preLaunchTask}`)
    }
    for (const { label, script } of tasks) if (script !== undefined) assert.ok(script in manifest.scripts, label)
  })
})
