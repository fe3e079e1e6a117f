/**
 * The stage `networks` of `npm test`: the tests of this folder, inside a network of their own, so that nothing of this
 * machine is touched and the kernel takes all of it away when they end. Where that cannot be, it says why. With the
 * argument `soak` it runs the long ones instead.
 */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { formatNotRun } from '../run/notRun.ts'
import { unshareArguments, whyNotRun } from './whyNotRun.ts'

const reason = whyNotRun()
if (reason === undefined) {
  const isSoak = process.argv[2] === 'soak'
  const files = globSync(isSoak ? 'soak/*.test.ts' : '*.test.ts', { cwd: import.meta.dirname }).sort()
  const test = [
    ...['--test', `--test-timeout=${(isSoak ? 30 : 4) * 60_000}`, `--test-concurrency=${isSoak ? 1 : 3}`],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/run/countsReporter.ts', '--test-reporter-destination=stdout'],
    ...files.map((file) => join(import.meta.dirname, file)),
  ]
  const child = spawn('unshare', [...unshareArguments, process.execPath, ...test], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
  })
  child.on('exit', (code) => process.exit(code ?? 1))
} else {
  console.log(formatNotRun(reason))
}
