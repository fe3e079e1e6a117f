import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { Stage } from './stage.ts'

const second = 1000
const minute = 60 * second

/** Every stage of `npm test`, in order, for the repository in `folder`. */
export function createStages(folder: string): readonly Stage[] {
  const check = (name: string, ...args: readonly string[]): Stage => ({
    name,
    args,
    kind: 'check',
    ceilingMs: 4 * minute,
  })
  return [
    check('types', modulePath('typescript/bin/tsc'), '--build'),
    check('lint', modulePath('eslint/bin/eslint.js'), '.'),
    check('format', modulePath('prettier/bin/prettier.cjs'), '--check', '.'),
    {
      name: 'tests',
      args: testArguments(findTests(folder, 'test/**/*.test.ts').filter((file) => !runsApart(file))),
      kind: 'suite',
      ceilingMs: 14 * minute,
    },
    {
      name: 'networks',
      args: ['test/networks/run.ts'],
      kind: 'suite',
      isMostlyWaiting: true,
      ceilingMs: 7 * minute,
    },
    { name: 'package', args: ['test/run/package.ts'], kind: 'suite', ceilingMs: 5 * minute },
    {
      name: 'packages',
      args: testArguments(findTests(folder, 'test/repository/packages/*.test.ts')),
      kind: 'suite',
      ceilingMs: 2 * minute,
    },
    { name: 'editors', args: ['test/editor/run.ts'], kind: 'suite', ceilingMs: 18 * minute },
  ]
}

function modulePath(file: string): string {
  return path.join('node_modules', file)
}

/** Tests that need what an earlier stage made, or more time than a commit has. */
function runsApart(file: string): boolean {
  return ['editor', 'networks', 'soak', 'repository/packages'].some((folder) => file.startsWith(`test/${folder}/`))
}

function findTests(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()
}

function testArguments(files: readonly string[]): readonly string[] {
  return [
    '--test',
    `--test-timeout=${3 * minute}`,
    // Much of a network test is waiting: more at a time than Node would run.
    `--test-concurrency=${availableParallelism() + 1}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/run/countsReporter.ts', '--test-reporter-destination=stdout'],
    ...files,
  ]
}
