/**
 * `npm run package`: one VSIX per platform, in `dist`. `npm run package -- --target linux-x64` makes one; the flag may
 * be given more than once. The last line is `N passed, N failed`.
 */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { describe, targets } from '../../esbuild.mjs'
import { formatCounts } from './counts.ts'
import { packageTarget } from './packageTarget.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({ options: { target: { type: 'string', multiple: true, default: [...targets] } } })

let failed = 0
for (const target of values.target) {
  try {
    const file = await packageTarget(repository, target)
    const kilobytes = Math.ceil((await stat(file)).size / 1024)
    console.log(`✔ ${path.relative(repository, file)}: ${kilobytes} KB`)
  } catch (error) {
    failed++
    console.log(`✘ No package for ${target}: ${await describe(error)}`)
  }
}
console.log(formatCounts({ passed: values.target.length - failed, failed }))
process.exitCode = failed === 0 ? 0 : 1
