/**
 * The tests in the real editor, two files at a time: `node test/editor/run.ts [files…]`. Closes with the line
 * `N passed, N failed`.
 */
import { globSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { installCodeServer, repository } from './harness/codeServer.ts'
import { installPackage } from './harness/installPackage.ts'
import { createScratch, removeScratch } from './harness/scratch.ts'
import { tincanPackage } from './harness/tincanPackage.ts'

const minuteMs = 60_000
const named = process.argv.slice(2)
const files = named.length > 0 ? named : globSync('test/editor/*.test.ts', { cwd: repository }).sort()

// Before the tests, so that none of them waits for a download.
await installCodeServer()
const vsix = await tincanPackage()
const scratch = await createScratch()
const installed = await installPackage(scratch, vsix)
const child = spawn(
  process.execPath,
  [
    '--test',
    // Much of it is waiting for a window.
    '--test-concurrency=2',
    `--test-timeout=${3 * minuteMs}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/run/countsReporter.ts', '--test-reporter-destination=stdout'],
    ...files,
  ],
  { cwd: repository, stdio: 'inherit', env: { ...process.env, TINCAN_VSIX: vsix, TINCAN_INSTALLED: installed } },
)
child.once('exit', (code) => {
  process.exitCode = code ?? 1
  void removeScratch(scratch)
})
